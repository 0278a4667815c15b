/**
 * A person who plays on whatever happens: looks at what is there, taps and types something that fits, and remembers
 * what was acknowledged. Where Slack shows an error they try again or close the window; nobody knows the story.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { ActResult, PersonView, SeenMessage, SeenView } from 'slack-sandbox';
import type { Expectations } from './expectations';
import type { FormFiller } from './formFiller';
import type { PersonClient } from './personClient';
import type { Random } from './random';
import { complains, fillables, nameOf, refOf, type Tappable, tappables } from './screen';
import { likely } from './tapWeights';
import type { Inhabitant } from './workspaceSeed';

export interface Setting {
  readonly hands: PersonClient;
  readonly chance: Random;
  readonly memory: Expectations;
  readonly filling: FormFiller;
  /** The private channel with the threads. */
  readonly channel: string;
  readonly botUserId: string;
  /** Mean time between two things this person does, ms. */
  readonly thinkMs: number;
  /** Nothing goes wrong any more, and the app has had time to recover: what is not acked now is a fault of its own. */
  readonly calm: () => boolean;
}

/** Long enough for an answer of the app that comes after its ack; a person would tap again by then. */
const SCREEN_WITHIN_MS = 4_000;
const LOOK_EVERY_MS = 200;
/** People scroll no further up. */
const RECENT_MS = 90_000;

export class Player {
  private dm: string | null = null;
  private deals = 0;
  /** Something may stand unfinished on a screen that was closed. */
  private unfinished = false;
  private tries = 0;

  constructor(
    private readonly who: Inhabitant,
    private readonly setting: Setting,
  ) {}

  async play(ended: () => boolean): Promise<void> {
    const { chance, thinkMs } = this.setting;
    await pause(chance.next() * thinkMs);
    while (!ended()) {
      await this.turn();
      await pause(thinkMs * (0.3 + 1.4 * chance.next()));
    }
    // Nobody leaves a window open for the night.
    const top = (await this.setting.hands.look()).modals.at(-1);
    if (top !== undefined) await this.close(top, true);
  }

  private async turn(): Promise<void> {
    const view = await this.setting.hands.look();
    const top = view.modals.at(-1);
    if (top !== undefined) return this.onScreen(view, top);
    return this.atDesk();
  }

  private async atDesk(): Promise<void> {
    const { chance } = this.setting;
    if (this.who.role === 'rep') {
      if (this.unfinished && chance.roll(0.8)) return this.command('/lostdeal resume');
      if (this.deals === 0 || chance.roll(0.3)) return this.begin();
    }
    const inDm = chance.roll(0.75);
    const message = await this.someMessage(inDm);
    if (message === null) {
      if (this.who.role === 'rep' && chance.roll(0.5)) return this.begin();
      if (chance.roll(0.3)) return this.command(`/lostdeal ${chance.pick(['list', 'help', 'resume'])}`);
      return;
    }
    if (chance.roll(0.2)) return this.say(message);
    const button = likely(tappables(message.blocks), chance);
    if (button === null) return;
    await this.touch(() =>
      this.setting.hands.act({
        type: 'click',
        target: { in: 'message', channel: message.channel, ts: message.ts },
        blockId: button.blockId,
        actionId: button.actionId,
      }),
    );
    await this.screenComes(false);
  }

  private begin(): Promise<void> {
    this.deals += 1;
    const after = this.setting.chance.roll(0.3) ? 'after ' : '';
    return this.command(`/lostdeal ${after}Acme ${this.who.name} ${this.deals}`);
  }

  private async command(text: string): Promise<void> {
    const { hands } = this.setting;
    this.unfinished = false;
    const result = await this.touch(() => hands.act({ type: 'command', channel: this.who.room, text }));
    if (result?.delivery === 'acked') await this.screenComes(true);
  }

  /** Words beneath a message: Slack keeps them whatever the app does. */
  private async say(message: SeenMessage): Promise<void> {
    const { hands, filling, memory } = this.setting;
    const words = filling.words();
    const result = await hands.act({
      type: 'post',
      channel: message.channel,
      text: words,
      threadTs: message.threadTs ?? message.ts,
    });
    if (result?.ts === undefined || result.channel === undefined) return;
    memory.said.push({ channel: result.channel, ts: result.ts, words, by: this.who.name });
  }

  /** One of the last messages of the app that have something to tap; null: none. */
  private async someMessage(inDm: boolean): Promise<SeenMessage | null> {
    const { hands, chance, channel, botUserId } = this.setting;
    this.dm ??= (await hands.act({ type: 'open_dm', userId: botUserId }))?.channel ?? null;
    const place = inDm ? this.dm : channel;
    if (place === null) return null;
    const after = ((Date.now() - RECENT_MS) / 1000).toFixed(6);
    const seen = (await hands.look([place], after)).messages[place] ?? [];
    const ours = seen.filter(
      (message) => message.userId === botUserId && !message.ephemeral && tappables(message.blocks).length > 0,
    );
    return ours.length === 0 ? null : chance.pick(ours.slice(-6));
  }

  private async onScreen(view: PersonView, top: SeenView): Promise<void> {
    const { chance, memory } = this.setting;
    if (complains(top)) memory.refused += 1;
    const inputs = fillables(top);
    const taps = tappables(top.view.blocks as readonly unknown[]);
    const submits = (top.view as { submit?: unknown }).submit !== undefined;
    const onCall = nameOf(top) === 'step';
    this.tries = complains(top) || top.failure !== undefined ? this.tries + 1 : 0;
    const leaves = this.tries > 3 || chance.roll(onCall ? 0.06 : 0.04);
    if (leaves || (!submits && (taps.length === 0 || (!onCall && chance.roll(0.6))))) {
      this.unfinished ||= onCall;
      return this.close(top, view.modals.length === 1 || chance.roll(0.5));
    }
    const { state, words } = this.setting.filling.fill(inputs, new Set(Object.keys(top.errors)));
    if (Object.keys(state).length > 0) {
      const filled = await this.setting.hands.act({ type: 'input', viewId: top.id, state });
      if (filled === null) return;
    }
    const button = likely(taps, chance);
    const submit = submits && (button === null || chance.roll(onCall ? 0.5 : 0.95));
    await this.send(top, submit ? null : button, words);
  }

  /** Submits, or taps a button; some people tap twice. */
  private async send(top: SeenView, button: Tappable | null, words: readonly string[]): Promise<void> {
    const { hands, chance, memory } = this.setting;
    const once = () =>
      hands.act(
        button === null
          ? { type: 'submit', viewId: top.id }
          : {
              type: 'click',
              target: { in: 'modal', viewId: top.id },
              blockId: button.blockId,
              actionId: button.actionId,
            },
      );
    const twice = chance.roll(0.08);
    const again = twice ? once() : null;
    if (twice) memory.doubled += 1;
    const result = (await this.touch(once)) ?? (await again);
    if (result?.delivery !== 'acked' || result.errors !== undefined) return;
    const next = await this.screenChanges(top, button !== null);
    if (next === 'silent') {
      memory.silent += 1;
      if (this.setting.calm())
        memory.violations.push(`${this.who.name} tapped on ${nameOf(top)}; it was acked, and no screen came`);
      return;
    }
    if (next !== null && (complains(next) || next.failure !== undefined)) return;
    // A script or a long text opened above is no answer to what stands here.
    if (button !== null && next !== null && next.id !== top.id) return;
    this.remember(top, button, words);
  }

  private remember(top: SeenView, button: Tappable | null, words: readonly string[]): void {
    const { memory } = this.setting;
    const { d: dealId, s: stepId, v: visit } = refOf(top);
    if (dealId === undefined) return;
    const by = this.who.name;
    const screen = nameOf(top);
    for (const typed of words) memory.words.push({ dealId, words: typed, by, screen });
    const answers = button === null || /^(choose:|already_told|dont_know|again)/u.test(button.actionId);
    if (stepId !== undefined && visit !== undefined && answers)
      memory.steps.push({ dealId, stepId, visit, by });
  }

  private async close(top: SeenView, all: boolean): Promise<void> {
    await this.setting.hands.act({ type: 'close', viewId: top.id, all });
  }

  /** Does something the app must ack, or Slack must say that it did not. */
  private async touch(act: () => Promise<ActResult | null>): Promise<ActResult | null> {
    const { hands, memory } = this.setting;
    const before = await hands.look();
    const calm = this.setting.calm();
    const result = await act();
    if (result === null) return null;
    memory.acted(result);
    if (result.delivery === 'acked' || result.delivery === 'none') return result;
    const after = await hands.look();
    const [was, is] = [before.modals.at(-1), after.modals.at(-1)];
    const told =
      is?.failure !== undefined ||
      (after.notices.at(-1)?.seq ?? 0) > (before.notices.at(-1)?.seq ?? 0) ||
      // The effect came all the same: of a tap whose ack was lost, or of its twin.
      is?.hash !== was?.hash;
    if (told) memory.told += 1;
    else memory.violations.push(`${this.who.name} had no answer (${result.delivery}) and was not told`);
    if (calm)
      memory.violations.push(`${this.who.name} had no answer (${result.delivery}) though all was calm`);
    return result;
  }

  /** Null: the windows are closed. */
  private async screenChanges(top: SeenView, patiently: boolean): Promise<SeenView | null | 'silent'> {
    const until = Date.now() + (patiently ? SCREEN_WITHIN_MS : LOOK_EVERY_MS);
    for (;;) {
      const now = (await this.setting.hands.look()).modals.at(-1);
      if (now === undefined) return null;
      if (now.id !== top.id || now.hash !== top.hash || now.failure !== undefined) return now;
      if (Date.now() > until) return 'silent';
      await pause(LOOK_EVERY_MS);
    }
  }

  private async screenComes(wanted: boolean): Promise<void> {
    const { hands, memory } = this.setting;
    const until = Date.now() + SCREEN_WITHIN_MS / (wanted ? 1 : 4);
    while (Date.now() < until) {
      if ((await hands.look()).modals.length > 0) return;
      await pause(LOOK_EVERY_MS);
    }
    if (wanted) memory.silent += 1;
  }
}
