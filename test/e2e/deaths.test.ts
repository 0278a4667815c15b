/**
 * The app is killed in the middle of the story, again and again, and started again on the same file. People go on as
 * people would: where Slack shows an error they tap again, and where a screen is gone they ask for it.
 */
import { setImmediate as turn } from 'node:timers/promises';
import { Random } from '../../chaos/random';
import { SAID } from '../../scripts/story';
import type { Deal } from '../../src/deal/model/deal';
import { type Act, playStory, STORY, type Witness } from './support/actors';
import { type Exit, endAll, startApp } from './support/process';
import { dealOnDisk, reckon } from './support/reckoning';
import { type Supervised, startSupervised } from './support/supervised';
import { until } from './support/until';

const DEATHS = 10;
/** To see a failure again: DEATHS_SEED=123 npx jest deaths */
const SEED = Number(process.env.DEATHS_SEED ?? Math.floor(Math.random() * 1_000_000));

type Moment =
  /** All is quiet: the tap finds another process. */
  | { readonly kind: 'before' }
  /** The tap is on its way; after so many turns of the event loop nobody waits for its ack any more. */
  | { readonly kind: 'unacked'; readonly turns: number }
  /** So many more calls to Slack were made: while a view is shown, a person looked up, the thread read or written. */
  | { readonly kind: 'calls'; readonly count: number }
  /** Slack has posted a message, and its answer is still on its way. */
  | { readonly kind: 'reply_lost' };

let life: Supervised;
afterEach(async () => {
  await life.stop();
  await endAll();
});

describe(`killed ${DEATHS} times during the story (DEATHS_SEED=${SEED})`, () => {
  beforeEach(async () => {
    life = await startSupervised();
  });

  it('loses nothing and says nothing twice', async () => {
    const drawn = new Random(SEED);
    const chance = () => drawn.next();
    const death = new Death(life, 'SIGKILL', drawMoments(chance));
    await playStory(life, death, chance);
    await death.last();
    toldOnce(await reckon(life, untold));
    expect(death.exits).toEqual(Array(DEATHS).fill({ code: null, signal: 'SIGKILL' }));
  });

  it('keeps a reply that it died of hearing, once, when Slack sends it again', async () => {
    const { slack } = life;
    const nobody = new Death(life, 'SIGKILL', new Map());
    const remarked: Witness = {
      before: async (act) => {
        if (act === 'remark') life.freeze();
        if (act === 'counter') await life.end('SIGKILL');
      },
      sent: () => undefined,
      acked: (act) => nobody.acked(act),
    };
    await playStory(life, remarked, () => 1);
    const again = await slack.waitForTraffic(
      'second delivery of the reply',
      (entry) =>
        entry.kind === 'delivery' &&
        entry.attempt > 0 &&
        entry.outcome === 'acked' &&
        JSON.stringify(entry.payload).includes(SAID.remark),
    );
    toldOnce(await reckon(life, untold));
    // An ack that is lost brings it once more; that changes nothing.
    await slack.admin({ do: 'redeliver', seq: again.seq });
    toldOnce(await reckon(life, untold));
  });
});

describe('told to stop (SIGTERM) in the middle', () => {
  it('finishes what runs, ends within ten seconds with code 0, and goes on where it was', async () => {
    life = await startSupervised({ start: startApp });
    const death = new Death(
      life,
      'SIGTERM',
      new Map<Act, Moment>([
        ['attraction', { kind: 'unacked', turns: 20 }],
        ['fill_in', { kind: 'reply_lost' }],
        ['terms', { kind: 'calls', count: 2 }],
      ]),
    );
    await playStory(life, death, () => 1);
    await death.last();
    toldOnce(await reckon(life, untold));
    expect(death.exits).toEqual(Array(3).fill({ code: 0, signal: null }));
    expect(Math.max(...death.took)).toBeLessThan(10_000);
  });
});

/** Every tap and every word of the story, once. */
function toldOnce(deal: Deal): void {
  expect(deal.trail.map(({ stepId }) => stepId)).toEqual(STORY.slice(2, 11));
  expect(untold(deal)).toEqual([]);
  expect(deal.remarks).toHaveLength(1);
  expect(deal.ask?.decisions).toHaveLength(1);
  expect(deal.pastAsks).toHaveLength(0);
  expect(deal.stage).toBe('closed');
}

const untold = (deal: Deal): Act[] => STORY.filter((act) => !isKept(deal, act));

/** Is what this act said on disk? Acts that only open a screen leave nothing. */
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
      return deal.remarks.some(({ text }) => text === SAID.remark);
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

/** Strikes at the moments given, and sees that what was acked is on disk, then and after every end. */
class Death implements Witness {
  readonly exits: Exit[] = [];
  /** ms each end took. */
  readonly took: number[] = [];
  private readonly kept = new Set<Act>();
  private pending: { readonly now: () => void; readonly struck: Promise<void> } | null = null;

  constructor(
    private readonly life: Supervised,
    private readonly signal: 'SIGKILL' | 'SIGTERM',
    private readonly moments: Map<Act, Moment>,
  ) {}

  async before(act: Act): Promise<void> {
    const moment = this.moments.get(act);
    if (moment === undefined) return;
    // One that has not come yet comes now, so that there are as many as were drawn.
    await this.last();
    if (moment.kind !== 'before') return;
    this.moments.delete(act);
    await this.strike();
  }

  sent(act: Act): void {
    const moment = this.moments.get(act);
    if (moment === undefined) return;
    this.moments.delete(act);
    let now: () => void = () => undefined;
    const atLast = new Promise<void>((resolve) => {
      now = resolve;
    });
    const struck = Promise.race([atLast, this.comes(moment)]).then(() => this.strike());
    // `last` tells of a failure.
    struck.catch(() => undefined);
    this.pending = { now, struck };
  }

  async acked(act: Act): Promise<void> {
    this.kept.add(act);
    this.seeKept();
  }

  /** The last one comes, if it has not. */
  async last(): Promise<void> {
    this.pending?.now();
    await this.pending?.struck;
    this.pending = null;
  }

  private async strike(): Promise<void> {
    const since = performance.now();
    this.exits.push(await this.life.end(this.signal));
    this.took.push(performance.now() - since);
    this.seeKept();
    await this.life.slack.faults();
  }

  private seeKept(): void {
    const deal = this.kept.has('intake') ? dealOnDisk(this.life.databaseFile) : null;
    const lost = [...this.kept].filter((act) => !isKept(deal, act));
    if (lost.length > 0) throw new Error(`acked, and not on disk: ${lost.join(', ')}`);
  }

  private async comes(moment: Moment): Promise<void> {
    const { sandbox, slack } = this.life;
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
        const before = await this.posted();
        await slack.faults({ method: 'chat.postMessage', times: 1, effect: { do: 'slow', ms: 3_000 } });
        await until(sandbox, 'message', async () => ((await this.posted()) > before ? true : undefined));
      }
    }
  }

  private async posted(): Promise<number> {
    const views = await Promise.all(['robin', 'maya'].map((name) => this.life.slack.as(name).view()));
    return views.flatMap((view) => Object.values(view.messages).flat()).length;
  }
}

/** Ten of the acts, and for each how the app dies at it. */
function drawMoments(chance: () => number): Map<Act, Moment> {
  const acts = [...STORY].map((act) => ({ act, order: chance() })).sort((a, b) => a.order - b.order);
  return new Map(acts.slice(0, DEATHS).map(({ act }) => [act, drawMoment(act, chance)]));
}

function drawMoment(act: Act, chance: () => number): Moment {
  // Before there is a verdict nothing is posted.
  const kinds = STORY.indexOf(act) < STORY.indexOf('promise') ? 3 : 4;
  const moments: readonly Moment[] = [
    { kind: 'before' },
    { kind: 'unacked', turns: Math.floor(chance() * 60) },
    { kind: 'calls', count: 1 + Math.floor(chance() * 6) },
    { kind: 'reply_lost' },
  ];
  return moments[Math.floor(chance() * kinds)] ?? { kind: 'before' };
}
