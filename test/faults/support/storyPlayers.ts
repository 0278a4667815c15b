/**
 * A rep and a manager who play the story whatever happens to the app: each looks at Slack and does what it asks for. They
 * tap again where Slack shows an error, and ask again for a screen that is gone.
 */
import type { ActResult, MessageHandle, Modal, PersonDriver } from 'slack-sandbox';
import { press } from '../../../scripts/play';
import { ACCOUNT, CALL, NOTES, OFFER, SAID, type Screen } from '../../../scripts/story';
import { until } from '../../e2e/support/until';
import type { Supervised } from './supervised';

/** What people do in the story, in order; each once, if the app never dies. */
export const STORY = [
  'command',
  'intake',
  'thanks',
  'attraction',
  'picture',
  'would_have_kept',
  'signed',
  'may_check',
  'obstacle',
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
  /** Null: no part of the story, as when a person closes a window that no longer helps. */
  readonly act: Act | null;
  /** Where the person is; it changes when the tap had its effect. */
  readonly place: string;
  readonly prepare?: () => Promise<unknown>;
  readonly tap: () => Promise<ActResult>;
}
type Next = Tap | 'wait' | 'done';

interface Player {
  readonly name: string;
  /** Looks at Slack and says what to do next. */
  next(): Promise<Next>;
  /** Called when the app acked this tap. */
  acked(act: Act): void;
  /** Called when the app died or Slack showed an error. */
  failed(): void;
}

/** Is called at every tap; tests kill the app here. */
export interface TapObserver {
  before(act: Act): Promise<void>;
  /** The tap is on its way. */
  sent(act: Act): void;
  acked(act: Act): Promise<void>;
}

/** For tests that do nothing at a tap. */
export const NO_OBSERVER: TapObserver = {
  before: async () => undefined,
  sent: () => undefined,
  acked: async () => undefined,
};

/** @param random from 0 to 1; decides whether the rep closes a window after an error or taps again */
export async function playStory(
  app: Supervised,
  observer: TapObserver = NO_OBSERVER,
  random: () => number = () => 1,
): Promise<void> {
  const rep = new Rep(app.slack.as('robin'), random);
  const manager = new Manager(app.slack.as('maya'));
  await playUntilDone(app, rep, observer);
  await playUntilDone(app, manager, observer);
  rep.mayReport();
  await playUntilDone(app, rep, observer);
}

/** Looks, taps, and looks again, until there is nothing left to do. */
async function playUntilDone(app: Supervised, player: Player, observer: TapObserver): Promise<void> {
  for (let taps = 0; taps < MOST_TAPS; taps++) {
    const next = await until(app.sandbox, `next thing to do for ${player.name}`, async () => {
      const found = await player.next();
      return found === 'wait' ? undefined : found;
    });
    if (next === 'done') return;
    if (next.act !== null) await observer.before(next.act);
    await app.up();
    await next.prepare?.();
    const startsBefore = app.starts();
    const sending = next.tap();
    if (next.act !== null) observer.sent(next.act);
    const { delivery } = await sending;
    if (delivery !== 'acked' && delivery !== 'none') {
      player.failed();
      // People take a moment before they tap again; an app that ends may take seconds.
      await new Promise((resolve) => setTimeout(resolve, BETWEEN_TAPS_MS));
      continue;
    }
    if (next.act !== null) {
      player.acked(next.act);
      await observer.acked(next.act);
    }
    await until(app.sandbox, `effect of ${next.place} for ${player.name}`, async () => {
      if (app.starts() !== startsBefore) {
        player.failed();
        return true;
      }
      const found = await player.next();
      return found === 'wait' || found === 'done' || found.place !== next.place ? true : undefined;
    });
  }
  throw new Error(`${player.name} tapped ${MOST_TAPS} times and got nowhere`);
}

const BETWEEN_TAPS_MS = 250;

/** One story takes far fewer taps; a player who reaches this number goes in a circle. */
const MOST_TAPS = 60;

class Rep implements Player {
  readonly name = 'robin';
  private hasBegun = false;
  private hasFilledIn = false;
  private saves = 0;
  private mayReportNow = false;
  private hasReported = false;
  /** After an error some people close the window and ask for it again; the others tap again. */
  private closesWindow = false;

  constructor(
    private readonly rep: PersonDriver,
    private readonly random: () => number,
  ) {}

  mayReport(): void {
    this.mayReportNow = true;
  }

  failed(): void {
    this.closesWindow = this.hasBegun && this.random() < 0.4;
  }

  acked(act: Act): void {
    if (act === 'fill_in') this.hasFilledIn = true;
    if (act === 'amount') this.hasReported = true;
  }

  async next(): Promise<Next> {
    const isOpen = (await this.rep.view()).modals.length > 0;
    const modal = isOpen ? await this.rep.modal() : null;
    if (this.mayReportNow) return this.report(modal);
    if (modal === null) return this.hasFilledIn ? 'done' : this.askForScreen();
    if (this.closesWindow) {
      this.closesWindow = false;
      return { act: null, place: 'screen to close', tap: () => modal.closeAll() };
    }
    if (modal.inputs().includes('New business or a customer?')) {
      return {
        act: 'intake',
        place: 'intake',
        prepare: () => modal.fill({ 'New business or a customer?': "New business we didn't win" }),
        tap: () => modal.submit(),
      };
    }
    if (modal.buttons().includes('More')) return { act: null, place: 'more', tap: () => modal.click('More') };
    if (modal.inputs().includes('What do you recommend?')) {
      // Slack may not have said yet who the manager is; the rep then saves once more.
      const isRefused = Object.keys(modal.errors()).length > 0;
      return {
        act: 'fill_in',
        place: isRefused ? `fill in after ${this.saves} saves` : 'fill in',
        prepare: () => modal.fill(NOTES),
        tap: () => {
          this.saves += 1;
          return modal.submit();
        },
      };
    }
    const step = stepOf(modal);
    const screen: Screen | undefined = CALL.find((it) => it.step === step);
    // A notice that there is nothing to resume: the call is over, and the thread asks for its notes.
    if (step === null || screen === undefined) {
      return { act: null, place: 'notice', tap: () => modal.closeAll() };
    }
    const { types, tap } = screen;
    this.hasBegun = true;
    return {
      act: step,
      place: step,
      prepare: async () => types !== undefined && (await modal.fill(types)),
      tap: () => press(modal, types === undefined ? tap : 'submit'),
    };
  }

  private async askForScreen(): Promise<Next> {
    if (!this.hasBegun)
      return { act: 'command', place: 'no screen', tap: () => this.rep.slash(`/lostdeal ${ACCOUNT}`) };
    const [summary] = await this.rep.channel('#lost-deals').messages();
    if (summary?.buttons().includes("Fill in while it's fresh")) {
      return { act: null, place: 'no screen', tap: () => summary.click("Fill in while it's fresh") };
    }
    return { act: null, place: 'no screen', tap: () => this.rep.slash('/lostdeal resume') };
  }

  private async report(modal: Modal | null): Promise<Next> {
    if (modal !== null) {
      if (!modal.text().includes(`${ACCOUNT} is back`))
        return { act: null, place: 'notice', tap: () => modal.closeAll() };
      return { act: 'amount', place: 'amount', tap: () => modal.submit() };
    }
    const messages = await this.rep.channel('#lost-deals').messages();
    if (messages.some((message) => message.text().includes(`${ACCOUNT} is back`))) return 'done';
    const dm = await (await this.rep.dm('Lostdeal')).messages();
    const decision = dm.findLast((message) => message.text().includes(`${ACCOUNT}. @maya: counter-offer.`));
    if (decision === undefined || this.hasReported) return 'wait';
    return { act: 'won_back', place: 'decision', tap: () => decision.click('Won back') };
  }
}

class Manager implements Player {
  readonly name = 'maya';
  private hasRemarked = false;
  private hasDecided = false;

  constructor(private readonly manager: PersonDriver) {}

  failed(): void {
    // Taps again.
  }

  acked(act: Act): void {
    if (act === 'terms') this.hasDecided = true;
  }

  async next(): Promise<Next> {
    const isOpen = (await this.manager.view()).modals.length > 0;
    if (isOpen) return this.onScreen(await this.manager.modal());
    const messages = await this.manager.channel('#lost-deals').messages();
    if (messages.some((message) => message.text().includes('decided: counter'))) return 'done';
    const ask = messages.findLast((message) => message.text().includes('would have'));
    if (ask === undefined || this.hasDecided) return 'wait';
    if (!this.hasRemarked) return { act: 'remark', place: 'thread', tap: () => this.remark(ask) };
    return ask.buttons().includes('Counter')
      ? { act: 'counter', place: 'ask', tap: () => ask.click('Counter') }
      : 'wait';
  }

  /** A message stands in Slack once it is sent; the manager cannot see whether the app received it. */
  private remark(ask: MessageHandle): Promise<ActResult> {
    this.hasRemarked = true;
    return ask.reply(SAID.remark);
  }

  private onScreen(modal: Modal): Next {
    if (!modal.inputs().includes("Here's what we can do for you: …")) {
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

/** The step that a coaching screen shows; null for any other screen. */
function stepOf(modal: Modal): Act | null {
  const { private_metadata: metadata } = modal.view as { private_metadata?: string };
  if (!metadata) return null;
  const { s } = JSON.parse(metadata) as { s?: Act };
  return s ?? null;
}
