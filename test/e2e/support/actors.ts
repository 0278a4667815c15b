/**
 * A rep and a manager who play the story whatever the app does: they look at what is there and do what it asks for.
 * Where Slack shows an error they tap again; a screen that is gone they ask for.
 */
import type { ActResult, MessageHandle, Modal, PersonDriver } from 'slack-sandbox';
import { press } from '../../../scripts/play';
import { CALL, NOTES, OFFER, SAID, type Screen } from '../../../scripts/story';
import type { Supervised } from './supervised';
import { until } from './until';

/** What is done in the story, in order: each once, if nobody dies. */
export const STORY = [
  'command',
  'intake',
  'thanks',
  'attraction',
  'picture',
  'would_have_kept',
  'obstacle',
  'signed',
  'may_check',
  'signing_date',
  'promise',
  'fill_in',
  'remark',
  'counter',
  'terms',
  'won_back',
  'amount',
] as const;
export type Act = (typeof STORY)[number];

/** One tap, and what is filled in before it. */
interface Tap {
  /** Null: no part of the story, as when a window is closed that is of no use any more. */
  readonly act: Act | null;
  /** Where the person is; it changes when the tap had its effect. */
  readonly place: string;
  readonly prepare?: () => Promise<unknown>;
  readonly tap: () => Promise<ActResult>;
}
type Look = Tap | 'wait' | 'done';

interface Actor {
  readonly name: string;
  look(): Promise<Look>;
  /** The app acked this tap. */
  acked(act: Act): void;
  /** The app died, or an error mark came. */
  setback(): void;
}

/** Told of every tap: deaths strike here. */
export interface Witness {
  before(act: Act): Promise<void>;
  /** The tap is on its way. */
  sent(act: Act): void;
  acked(act: Act): Promise<void>;
}

export async function playStory(life: Supervised, witness: Witness, chance: () => number): Promise<void> {
  const rep = new Rep(life.slack.as('robin'), chance);
  const manager = new Manager(life.slack.as('maya'));
  await pursue(life, rep, witness);
  await pursue(life, manager, witness);
  rep.mayReport();
  await pursue(life, rep, witness);
}

/** Looks, taps, and looks again, until there is nothing left to do. */
async function pursue(life: Supervised, actor: Actor, witness: Witness): Promise<void> {
  for (let taps = 0; taps < MOST_TAPS; taps++) {
    const next = await until(life.sandbox, `next thing to do for ${actor.name}`, async () => {
      const look = await actor.look();
      return look === 'wait' ? undefined : look;
    });
    if (next === 'done') return;
    if (next.act !== null) await witness.before(next.act);
    await life.up();
    await next.prepare?.();
    const before = life.generation();
    const sending = next.tap();
    if (next.act !== null) witness.sent(next.act);
    const { delivery } = await sending;
    if (delivery !== 'acked' && delivery !== 'none') {
      actor.setback();
      continue;
    }
    if (next.act !== null) {
      actor.acked(next.act);
      await witness.acked(next.act);
    }
    await until(life.sandbox, `effect of ${next.place} for ${actor.name}`, async () => {
      if (life.generation() !== before) {
        actor.setback();
        return true;
      }
      const look = await actor.look();
      return look === 'wait' || look === 'done' || look.place !== next.place ? true : undefined;
    });
  }
  throw new Error(`${actor.name} tapped ${MOST_TAPS} times and got nowhere`);
}

/** Nobody taps so often in one story; whoever does goes in a circle. */
const MOST_TAPS = 60;

class Rep implements Actor {
  readonly name = 'robin';
  private begun = false;
  private filledIn = false;
  private reports = false;
  private reported = false;
  /** After a setback some close the window and ask for it again, the others tap again. */
  private closes = false;

  constructor(
    private readonly rep: PersonDriver,
    private readonly chance: () => number,
  ) {}

  mayReport(): void {
    this.reports = true;
  }

  setback(): void {
    this.closes = this.begun && this.chance() < 0.4;
  }

  acked(act: Act): void {
    if (act === 'fill_in') this.filledIn = true;
    if (act === 'amount') this.reported = true;
  }

  async look(): Promise<Look> {
    const open = (await this.rep.view()).modals.length > 0;
    const modal = open ? await this.rep.modal() : null;
    if (this.reports) return this.report(modal);
    if (modal === null) return this.filledIn ? 'done' : this.askForScreen();
    if (this.closes) {
      this.closes = false;
      return { act: null, place: 'screen to close', tap: () => modal.closeAll() };
    }
    if (modal.inputs().includes('Who is it?')) {
      return {
        act: 'intake',
        place: 'intake',
        prepare: () => modal.fill({ 'Who is it?': 'A prospect we did not win' }),
        tap: () => modal.submit(),
      };
    }
    if (modal.inputs().includes('What do you recommend?')) return this.fillIn(modal);
    const step = stepOf(modal);
    const screen: Screen | undefined = CALL.find((it) => it.step === step);
    // Nothing to resume: the call is over, and its notes are asked for in the thread.
    if (step === null || screen === undefined) {
      return { act: null, place: 'notice', tap: () => modal.closeAll() };
    }
    const { types, tap } = screen;
    this.begun = true;
    return {
      act: step,
      place: step,
      prepare: async () => types !== undefined && (await modal.fill(types)),
      tap: () => press(modal, types === undefined ? tap : 'submit'),
    };
  }

  private async askForScreen(): Promise<Look> {
    if (!this.begun)
      return { act: 'command', place: 'no screen', tap: () => this.rep.slash('/lostdeal Acme') };
    const [summary] = await this.rep.channel('#lost-deals').messages();
    if (summary?.buttons().includes("Fill in while it's fresh")) {
      return { act: null, place: 'no screen', tap: () => summary.click("Fill in while it's fresh") };
    }
    return { act: null, place: 'no screen', tap: () => this.rep.slash('/lostdeal resume') };
  }

  private fillIn(modal: Modal): Look {
    return {
      act: 'fill_in',
      place: 'fill in',
      prepare: () => modal.fill(NOTES),
      tap: () => modal.submit(),
    };
  }

  private async report(modal: Modal | null): Promise<Look> {
    if (modal !== null) {
      if (!modal.text().includes('Acme is back'))
        return { act: null, place: 'notice', tap: () => modal.closeAll() };
      return { act: 'amount', place: 'amount', tap: () => modal.submit() };
    }
    const messages = await this.rep.channel('#lost-deals').messages();
    if (messages.some((message) => message.text().includes('Won back: Acme'))) return 'done';
    const dm = await (await this.rep.dm('Lostdeal')).messages();
    const told = dm.findLast((message) => message.text().includes('decided about Acme: Counter'));
    if (told === undefined || this.reported) return 'wait';
    return { act: 'won_back', place: 'decision', tap: () => told.click('Called – won back') };
  }
}

class Manager implements Actor {
  readonly name = 'maya';
  private remarked = false;
  private decided = false;

  constructor(private readonly manager: PersonDriver) {}

  setback(): void {
    // Taps again.
  }

  acked(act: Act): void {
    if (act === 'terms') this.decided = true;
  }

  async look(): Promise<Look> {
    const open = (await this.manager.view()).modals.length > 0;
    if (open) return this.onScreen(await this.manager.modal());
    const messages = await this.manager.channel('#lost-deals').messages();
    if (messages.some((message) => message.text().includes('Decided: Counter'))) return 'done';
    const ask = messages.findLast((message) => message.text().includes('will reconsider if we'));
    if (ask === undefined || this.decided) return 'wait';
    if (!this.remarked) return { act: 'remark', place: 'thread', tap: () => this.remark(ask) };
    return ask.buttons().includes('Counter')
      ? { act: 'counter', place: 'ask', tap: () => ask.click('Counter') }
      : 'wait';
  }

  /** What is written in Slack stands there; whether the app heard it, the manager cannot see. */
  private remark(ask: MessageHandle): Promise<ActResult> {
    this.remarked = true;
    return ask.reply(SAID.remark);
  }

  private onScreen(modal: Modal): Look {
    if (!modal.inputs().includes('What do we offer?')) {
      return { act: null, place: 'notice', tap: () => modal.closeAll() };
    }
    return {
      act: 'terms',
      place: 'terms',
      prepare: () => modal.fill(OFFER),
      tap: () => modal.submit(),
    };
  }
}

/** The step a coaching screen shows; null for any other screen. */
function stepOf(modal: Modal): Act | null {
  const { private_metadata: metadata } = modal.view as { private_metadata?: string };
  if (!metadata) return null;
  const { s } = JSON.parse(metadata) as { s?: Act };
  return s ?? null;
}
