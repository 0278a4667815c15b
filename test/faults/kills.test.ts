/**
 * A test kills the app again and again in the middle of the story, and starts it again on the same file. People tap again
 * where Slack shows an error, and ask again for a screen that is gone.
 */
import { setImmediate as turn } from 'node:timers/promises';
import { Random } from '../../chaos/random';
import { SAID } from '../../scripts/story';
import type { Deal } from '../../src/deal/model/deal';
import { until } from '../e2e/support/until';
import { dealOnDisk, waitForAgreement } from './support/agreement';
import { type Exit, endAll, startApp } from './support/appProcess';
import { type Act, NO_OBSERVER, playStory, STORY, type TapObserver } from './support/storyPlayers';
import { type Supervised, startSupervised } from './support/supervised';

const KILLS = 10;
/** To repeat a failure: KILLS_SEED=123 npx jest kills */
const SEED = Number(process.env.KILLS_SEED ?? Math.floor(Math.random() * 1_000_000));

/** When a process ends, relative to a tap. */
type Moment =
  /** Before the tap, while nothing is under way: the tap finds another process. */
  | { readonly kind: 'before' }
  /** While the tap is on its way: after so many turns of the event loop. */
  | { readonly kind: 'unacked'; readonly turns: number }
  /** After so many more calls to Slack: while a view is shown, a person looked up, the thread read or written. */
  | { readonly kind: 'calls'; readonly count: number }
  /** When Slack has posted a message and its answer is still on its way. */
  | { readonly kind: 'reply_lost' };

let app: Supervised;
afterEach(async () => {
  await app.stop();
  await endAll();
});

describe(`killed ${KILLS} times during the story (KILLS_SEED=${SEED})`, () => {
  beforeEach(async () => {
    app = await startSupervised();
  });

  it('the app loses nothing and says nothing twice', async () => {
    const stream = new Random(SEED);
    const random = () => stream.next();
    const killer = new Killer(app, 'SIGKILL', drawMoments(random));
    await playStory(app, killer, random);
    await killer.finish();
    expectStoryOnce(await waitForAgreement(app, missingFrom));
    expect(killer.exits).toEqual(Array(KILLS).fill({ code: null, signal: 'SIGKILL' }));
  });

  it('the app keeps a reply once, though it dies while it receives it and Slack sends it again', async () => {
    const { slack } = app;
    const checksDisk = new Killer(app, 'SIGKILL', new Map());
    await playStory(app, {
      ...NO_OBSERVER,
      acked: (act) => checksDisk.acked(act),
      before: async (act) => {
        if (act === 'remark') app.pause();
        if (act === 'counter') await app.end('SIGKILL');
      },
    });
    const retry = await slack.waitForTraffic(
      'second delivery of the reply',
      (entry) =>
        entry.kind === 'delivery' &&
        entry.attempt > 0 &&
        entry.outcome === 'acked' &&
        JSON.stringify(entry.payload).includes(SAID.remark),
    );
    expectStoryOnce(await waitForAgreement(app, missingFrom));
    // Slack sends it once more after a lost ack; that changes nothing.
    await slack.admin({ do: 'redeliver', seq: retry.seq });
    expectStoryOnce(await waitForAgreement(app, missingFrom));
  });
});

describe('on SIGTERM in the middle of the story', () => {
  it('the app finishes what runs, exits within ten seconds with code 0, and its next start goes on from there', async () => {
    app = await startSupervised({ start: startApp });
    const killer = new Killer(
      app,
      'SIGTERM',
      new Map<Act, Moment>([
        ['attraction', { kind: 'unacked', turns: 20 }],
        ['fill_in', { kind: 'reply_lost' }],
        ['terms', { kind: 'calls', count: 2 }],
      ]),
    );
    await playStory(app, killer);
    await killer.finish();
    expectStoryOnce(await waitForAgreement(app, missingFrom));
    expect(killer.exits).toEqual(Array(3).fill({ code: 0, signal: null }));
    expect(Math.max(...killer.exitMs)).toBeLessThan(10_000);
  });
});

/** Expects every tap and every word of the story once. */
function expectStoryOnce(deal: Deal): void {
  expect(deal.trail.map(({ stepId }) => stepId)).toEqual(STORY.slice(2, 11));
  expect(missingFrom(deal)).toEqual([]);
  expect(deal.remarkCount).toBe(1);
  expect(deal.ask?.decisions).toHaveLength(1);
  expect(deal.pastAsks).toHaveLength(0);
  expect(deal.stage).toBe('closed');
}

const missingFrom = (deal: Deal): Act[] => STORY.filter((act) => !isKept(deal, act));

/** True if the deal holds what this act entered. Acts that only open a screen leave nothing. */
function isKept(deal: Deal | null, act: Act): boolean {
  if (act === 'command') return true;
  if (deal === null) return false;
  const at = (step: string) => deal.trail.find(({ stepId }) => stepId === step)?.answer;
  switch (act) {
    case 'intake':
      return deal.account === 'Acme';
    case 'attraction':
    case 'picture':
      return JSON.stringify(at(act) ?? null).includes(SAID[act]);
    case 'fill_in':
      return deal.filledIn && deal.details.recommendation === SAID.recommendation && deal.manager !== null;
    case 'remark':
      return deal.remarkCount > 0;
    case 'counter':
    case 'won_back':
      return true;
    case 'terms':
      return (
        deal.ask?.decisions.some((made) => made.kind === 'counter' && made.terms === SAID.terms) ?? false
      );
    case 'amount':
      return deal.outcome?.kind === 'won_back' && deal.outcome.part === 'whole';
    default:
      return at(act) !== undefined;
  }
}

/** Ends the app at the moments given. After every ack and every end it checks that what was acked is on disk. */
class Killer implements TapObserver {
  readonly exits: Exit[] = [];
  /** How long each end took, ms. */
  readonly exitMs: number[] = [];
  private readonly ackedActs = new Set<Act>();
  private pending: { readonly now: () => void; readonly done: Promise<void> } | null = null;

  constructor(
    private readonly app: Supervised,
    private readonly signal: 'SIGKILL' | 'SIGTERM',
    private readonly moments: Map<Act, Moment>,
  ) {}

  async before(act: Act): Promise<void> {
    const moment = this.moments.get(act);
    if (moment === undefined) return;
    // Ends the app now if an earlier moment has not come, so that it ends as often as was drawn.
    await this.finish();
    if (moment.kind !== 'before') return;
    this.moments.delete(act);
    await this.end();
  }

  sent(act: Act): void {
    const moment = this.moments.get(act);
    if (moment === undefined) return;
    this.moments.delete(act);
    let now: () => void = () => undefined;
    const forced = new Promise<void>((resolve) => {
      now = resolve;
    });
    const done = Promise.race([forced, this.comes(moment)]).then(() => this.end());
    // `finish` reports the failure.
    done.catch(() => undefined);
    this.pending = { now, done };
  }

  async acked(act: Act): Promise<void> {
    this.ackedActs.add(act);
    this.expectOnDisk();
  }

  /** Ends the app now if a moment is still to come. */
  async finish(): Promise<void> {
    this.pending?.now();
    await this.pending?.done;
    this.pending = null;
  }

  private async end(): Promise<void> {
    const since = performance.now();
    this.exits.push(await this.app.end(this.signal));
    this.exitMs.push(performance.now() - since);
    this.expectOnDisk();
    await this.app.slack.faults();
  }

  private expectOnDisk(): void {
    const deal = this.ackedActs.has('intake') ? dealOnDisk(this.app.databaseFile) : null;
    const lost = [...this.ackedActs].filter((act) => !isKept(deal, act));
    if (lost.length > 0) throw new Error(`acked, and not on disk: ${lost.join(', ')}`);
  }

  /** Resolves when the moment has come. */
  private async comes(moment: Moment): Promise<void> {
    const { sandbox, slack } = this.app;
    switch (moment.kind) {
      case 'before':
        return;
      case 'unacked':
        for (let turns = 0; turns < moment.turns; turns++) await turn();
        return;
      case 'calls': {
        const since = (await slack.traffic()).at(-1)?.seq ?? 0;
        await until(sandbox, `${moment.count} calls`, async () => {
          const calls = (await slack.traffic(since)).filter(({ kind }) => kind === 'call');
          return calls.length >= moment.count ? true : undefined;
        });
        return;
      }
      case 'reply_lost': {
        const before = await this.messageCount();
        await slack.faults({ method: 'chat.postMessage', times: 1, effect: { do: 'slow', ms: 3_000 } });
        await until(sandbox, 'message', async () =>
          (await this.messageCount()) > before ? true : undefined,
        );
      }
    }
  }

  private async messageCount(): Promise<number> {
    const views = await Promise.all(['robin', 'maya'].map((name) => this.app.slack.as(name).view()));
    return views.flatMap((view) => Object.values(view.messages).flat()).length;
  }
}

/** Ten of the acts, and for each how the app ends at it. */
function drawMoments(random: () => number): Map<Act, Moment> {
  const acts = [...STORY].map((act) => ({ act, order: random() })).sort((a, b) => a.order - b.order);
  return new Map(acts.slice(0, KILLS).map(({ act }) => [act, drawMoment(act, random)]));
}

function drawMoment(act: Act, random: () => number): Moment {
  // The app posts nothing before there is a verdict.
  const kinds = STORY.indexOf(act) < STORY.indexOf('promise') ? 3 : 4;
  const moments: readonly Moment[] = [
    { kind: 'before' },
    { kind: 'unacked', turns: Math.floor(random() * 60) },
    { kind: 'calls', count: 1 + Math.floor(random() * 6) },
    { kind: 'reply_lost' },
  ];
  return moments[Math.floor(random() * kinds)] ?? { kind: 'before' };
}
