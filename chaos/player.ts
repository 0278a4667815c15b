/**
 * A person who plays on whatever happens: looks at Slack, taps and types something that fits, and records what was
 * acknowledged. After an error they try again or close the window. Players follow no script.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { ActResult, PersonView, SeenMessage, SeenView } from 'slack-sandbox';
import { type Expectations, OF_RESCUES, REMOVES } from './expectations';
import type { FormFiller } from './formFiller';
import type { PersonClient } from './personClient';
import type { Random } from './random';
import { callbackIdOf, fillables, referenceOf, showsError, type Tappable, tappables } from './screen';
import { pickTap } from './tapWeights';
import type { Person } from './workspaceSeed';

export interface PlayerOptions {
  readonly client: PersonClient;
  readonly random: Random;
  readonly expectations: Expectations;
  readonly formFiller: FormFiller;
  /** The private channel with the threads. */
  readonly channel: string;
  readonly botUserId: string;
  /** Mean time between two actions of this person, ms. */
  readonly thinkMs: number;
  /** True once faults are over and the app has had time to recover: a missing ack is then its own fault. */
  readonly faultFree: () => boolean;
}

/** Long enough for a screen that the app opens after its ack; a person would tap again by then. */
const SCREEN_WITHIN_MS = 4_000;
const LOOK_EVERY_MS = 200;
/** People scroll up no further than messages of this age. */
const RECENT_MS = 90_000;

export class Player {
  private dm: string | null = null;
  private deals = 0;
  /** The last call that was closed may be unfinished. */
  private unfinished = false;
  private tries = 0;

  constructor(
    private readonly person: Person,
    private readonly options: PlayerOptions,
  ) {}

  async play(ended: () => boolean): Promise<void> {
    const { random, thinkMs } = this.options;
    await pause(random.next() * thinkMs);
    while (!ended()) {
      await this.turn();
      await pause(thinkMs * (0.3 + 1.4 * random.next()));
    }
    // An open window would keep unsent words, which the checks at the end could not find.
    const top = (await this.options.client.look()).modals.at(-1);
    if (top !== undefined) await this.close(top, true);
  }

  private async turn(): Promise<void> {
    const view = await this.options.client.look();
    const top = view.modals.at(-1);
    if (top !== undefined) return this.onScreen(view, top);
    return this.atDesk();
  }

  private async atDesk(): Promise<void> {
    const { random } = this.options;
    if (this.person.role === 'rep') {
      if (this.unfinished && random.roll(0.8)) return this.command('/lostdeal resume');
      if (this.deals === 0 || random.roll(0.3)) return this.begin();
    }
    const inDm = random.roll(0.75);
    const message = await this.someMessage(inDm);
    if (message === null) {
      if (this.person.role === 'rep' && random.roll(0.5)) return this.begin();
      if (random.roll(0.3)) return this.command(`/lostdeal ${random.pick(['list', 'help', 'resume'])}`);
      return;
    }
    if (random.roll(0.2)) return this.reply(message);
    if (inDm && random.roll(0.05)) return this.say(message.channel);
    if (random.roll(0.15)) return this.command('/lostdeal list');
    const button = pickTap(tappables(message.blocks), random);
    if (button === null) return;
    this.noteRemoval(button);
    const result = await this.actForAck(() =>
      this.options.client.act({
        type: 'click',
        target: { in: 'message', channel: message.channel, ts: message.ts },
        blockId: button.blockId,
        actionId: button.actionId,
      }),
    );
    if (result?.delivery === 'acked') this.options.expectations.recordTap(button.actionId);
    await this.screenComes(false);
  }

  private begin(): Promise<void> {
    this.deals += 1;
    const after = this.options.random.roll(0.3) ? 'after ' : '';
    return this.command(`/lostdeal ${after}Acme ${this.person.name} ${this.deals}`);
  }

  private async command(text: string): Promise<void> {
    const { client } = this.options;
    this.unfinished = false;
    const result = await this.actForAck(() =>
      client.act({ type: 'command', channel: this.person.commandChannel, text }),
    );
    if (result?.delivery === 'acked') await this.screenComes(true);
  }

  /** Replies beneath a message; Slack keeps the reply whatever the app does. */
  private async reply(message: SeenMessage): Promise<void> {
    const { client, formFiller, expectations } = this.options;
    const words = formFiller.words();
    const result = await client.act({
      type: 'post',
      channel: message.channel,
      text: words,
      threadTs: message.threadTs ?? message.ts,
    });
    if (result?.ts === undefined || result.channel === undefined) return;
    expectations.replies.push({ channel: result.channel, ts: result.ts, words, by: this.person.name });
  }

  /** A plain direct message, which the app may ask about: *Which one?* */
  private async say(channel: string): Promise<void> {
    const { client, formFiller, expectations } = this.options;
    if ((await client.act({ type: 'post', channel, text: formFiller.words() })) !== null)
      expectations.plainWords += 1;
  }

  /** One of the app's latest messages with a button; null: there is none. */
  private async someMessage(inDm: boolean): Promise<SeenMessage | null> {
    const { client, random, channel, botUserId } = this.options;
    this.dm ??= (await client.act({ type: 'open_dm', userId: botUserId }))?.channel ?? null;
    const place = inDm ? this.dm : channel;
    if (place === null) return null;
    const after = ((Date.now() - RECENT_MS) / 1000).toFixed(6);
    const seen = (await client.look([place], after)).messages[place] ?? [];
    const ours = seen.filter(
      (message) => message.userId === botUserId && !message.ephemeral && tappables(message.blocks).length > 0,
    );
    return ours.length === 0 ? null : random.pick(ours.slice(-6));
  }

  private async onScreen(view: PersonView, top: SeenView): Promise<void> {
    const { random, expectations } = this.options;
    if (showsError(top)) expectations.refused += 1;
    const inputs = fillables(top);
    const taps = tappables(top.view.blocks as readonly unknown[]);
    const submits = (top.view as { submit?: unknown }).submit !== undefined;
    const onCall = callbackIdOf(top) === 'step';
    this.tries = showsError(top) || top.failure !== undefined ? this.tries + 1 : 0;
    const isOfRescue = taps.some(({ actionId }) => OF_RESCUES.has(actionId));
    const leaves = this.tries > 3 || random.roll(onCall ? 0.06 : 0.04);
    if (leaves || (!submits && (taps.length === 0 || (!onCall && random.roll(isOfRescue ? 0.1 : 0.6))))) {
      this.unfinished ||= onCall;
      return this.close(top, view.modals.length === 1 || random.roll(0.5));
    }
    const { state, words } = this.options.formFiller.fill(inputs, new Set(Object.keys(top.errors)));
    if (Object.keys(state).length > 0) {
      const filled = await this.options.client.act({ type: 'input', viewId: top.id, state });
      if (filled === null) return;
    }
    const button = pickTap(taps, random);
    const submit = submits && (button === null || random.roll(onCall ? 0.5 : 0.95));
    await this.send(top, submit ? null : button, words);
  }

  /** Submits if `button` is null, else taps it; some people tap twice. */
  private async send(top: SeenView, button: Tappable | null, words: readonly string[]): Promise<void> {
    const { client, random, expectations } = this.options;
    if (button !== null) this.noteRemoval(button);
    const once = () =>
      client.act(
        button === null
          ? { type: 'submit', viewId: top.id }
          : {
              type: 'click',
              target: { in: 'modal', viewId: top.id },
              blockId: button.blockId,
              actionId: button.actionId,
            },
      );
    const twice = random.roll(0.08);
    const again = twice ? once() : null;
    if (twice) expectations.doubleTaps += 1;
    const result = (await this.actForAck(once)) ?? (await again);
    if (result?.delivery !== 'acked' || result.errors !== undefined) return;
    if (button !== null) expectations.recordTap(button.actionId);
    const next = await this.screenChanges(top, button !== null);
    if (next === 'no_screen') {
      expectations.withoutScreen += 1;
      if (this.options.faultFree())
        expectations.violations.push(
          `${this.person.name} tapped on ${callbackIdOf(top)}; it was acked, and no screen came`,
        );
      return;
    }
    if (next !== null && (showsError(next) || next.failure !== undefined)) return;
    // A script or a long text that opens above this screen does not show that it was accepted.
    if (button !== null && next !== null && next.id !== top.id) return;
    this.expect(top, button, words);
  }

  /** Before the tap, whose ack may be lost. */
  private noteRemoval({ actionId, dealId }: Tappable): void {
    if (actionId === REMOVES && dealId !== undefined) this.options.expectations.removed.add(dealId);
  }

  private expect(top: SeenView, button: Tappable | null, words: readonly string[]): void {
    const { expectations } = this.options;
    const { dealId, stepId, visit } = referenceOf(top);
    if (dealId === undefined) return;
    const by = this.person.name;
    const screen = callbackIdOf(top);
    for (const typed of words) expectations.words.push({ dealId, words: typed, by, screen });
    const answers = button === null || /^(choose:|suggested|dont_know|again)/u.test(button.actionId);
    if (stepId !== undefined && visit !== undefined && answers)
      expectations.steps.push({ dealId, stepId, visit, by });
  }

  private async close(top: SeenView, all: boolean): Promise<void> {
    await this.options.client.act({ type: 'close', viewId: top.id, all });
  }

  /** Does something that the app must ack, or else Slack must show the person an error. */
  private async actForAck(act: () => Promise<ActResult | null>): Promise<ActResult | null> {
    const { client, expectations } = this.options;
    const before = await client.look();
    const faultFree = this.options.faultFree();
    const result = await act();
    if (result === null) return null;
    expectations.recordDelivery(result);
    if (result.delivery === 'acked' || result.delivery === 'none') return result;
    const after = await client.look();
    const [topBefore, topAfter] = [before.modals.at(-1), after.modals.at(-1)];
    const sawError =
      topAfter?.failure !== undefined ||
      (after.notices.at(-1)?.seq ?? 0) > (before.notices.at(-1)?.seq ?? 0) ||
      // The tap had its effect although its ack was lost, or the second of two taps had.
      topAfter?.hash !== topBefore?.hash;
    if (sawError) expectations.shownAsFailed += 1;
    else
      expectations.violations.push(
        `${this.person.name} had no answer (${result.delivery}), and Slack showed no error`,
      );
    if (faultFree)
      expectations.violations.push(
        `${this.person.name} had no answer (${result.delivery}), although no fault was injected`,
      );
    return result;
  }

  /** Null: all windows are closed. */
  private async screenChanges(
    top: SeenView,
    waitsForScreen: boolean,
  ): Promise<SeenView | null | 'no_screen'> {
    const until = Date.now() + (waitsForScreen ? SCREEN_WITHIN_MS : LOOK_EVERY_MS);
    for (;;) {
      const now = (await this.options.client.look()).modals.at(-1);
      if (now === undefined) return null;
      if (now.id !== top.id || now.hash !== top.hash || now.failure !== undefined) return now;
      if (Date.now() > until) return 'no_screen';
      await pause(LOOK_EVERY_MS);
    }
  }

  private async screenComes(wanted: boolean): Promise<void> {
    const { client, expectations } = this.options;
    const until = Date.now() + SCREEN_WITHIN_MS / (wanted ? 1 : 4);
    while (Date.now() < until) {
      if ((await client.look()).modals.length > 0) return;
      await pause(LOOK_EVERY_MS);
    }
    if (wanted) expectations.withoutScreen += 1;
  }
}
