/** After any life of a deal, no message still shows outdated words. */
import fc from 'fast-check';
import type { Deal } from '../../../src/deal/model/deal';
import { contentHash } from '../../../src/reconciler/pass/contentHash';
import { isOpen, plan } from '../../../src/reconciler/pass/plan';
import { DEFAULT_TIMING } from '../../../src/reconciler/timing';
import { namedInWords, nameInWords } from '../../../src/slack/messages/inWords';
import { renderThread, retiredSlot } from '../../../src/slack/messages/renderThread';
import type { RenderContext, Slot } from '../../../src/slack/messages/slot';
import type { Privacy, StoredSlot } from '../../../src/store/store';
import { APPROVER, MINUTE, settingsIn, TUESDAY, World, weekdays } from '../../deal/world';
import { heartbeat, reasons, wordsOf } from '../deals';
import { type Turn, turns, usd } from './turns';

const WORK = weekdays('UTC');

/** Slack, as the reconciler leaves it when every call works. */
class Thread {
  readonly stored = new Map<string, StoredSlot>();
  readonly standing = new Map<string, Slot>();
  private posts = 0;

  constructor(private readonly privacy: Privacy) {}

  /** One pass to its end. */
  show(deal: Deal): void {
    const context: RenderContext = {
      privacy: this.privacy,
      playbook: heartbeat,
      reasons,
      remarks: wordsOf(deal),
      repName: 'Robin Reyes',
    };
    const wanted = renderThread(deal, context);
    const keys = new Set(wanted.map(({ key }) => key));
    const retired = [...this.stored.values()].flatMap(({ key, state }) => {
      if (state !== 'posted' || keys.has(key)) return [];
      return retiredSlot(deal, key, context) ?? [];
    });
    const slots = new Map([...wanted, ...retired].map((slot) => [slot.key, slot]));
    while (this.perform(deal, slots)) {
      // Repeats until the plan has nothing left to do.
    }
    this.check(deal, wanted, retired);
  }

  /** @returns true when there was something to do */
  private perform(deal: Deal, slots: ReadonlyMap<string, Slot>): boolean {
    const stored = [...this.stored.values()];
    const owner = { isOpen: isOpen(deal), ask: deal.ask };
    const now = { now: 0, timing: DEFAULT_TIMING, lastShown: null, held: () => null };
    const { operations } = plan({ wanted: [...slots.values()], stored, owner, ...now });
    for (const { do: what, key } of operations) {
      const known = this.stored.get(key) ?? { ...NEW, key };
      const slot = slots.get(key);
      if (slot === undefined || what === 'drop') {
        this.stored.set(key, { ...known, state: 'dropped' });
        continue;
      }
      const shown: StoredSlot = { ...known, state: 'posted', hash: contentHash(slot) };
      this.posts += 1;
      this.stored.set(key, what === 'post' ? { ...shown, ts: `${this.posts}.0` } : shown);
      // An edit moves nothing.
      const place = what === 'post' ? slot.place : (this.standing.get(key)?.place ?? slot.place);
      this.standing.set(key, { ...slot, place });
    }
    return operations.length > 0;
  }

  delete(key: string): void {
    const known = this.stored.get(key);
    if (known?.state === 'posted') this.stored.set(key, { ...known, state: 'gone' });
    this.standing.delete(key);
  }

  private check(deal: Deal, wanted: readonly Slot[], retired: readonly Slot[]): void {
    oneAlertEach(wanted);
    const byKey = new Map([...wanted, ...retired].map((slot) => [slot.key, slot]));
    const last = new Set(retired.map(({ key }) => key));
    for (const [key, shown] of this.standing) {
      const slot = byKey.get(key);
      if (slot === undefined)
        throw new Error(`${key} stands and is not wanted (${deal.stage}): ${shown.text}`);
      if (contentHash(shown) !== contentHash(slot)) throw new Error(`${key} shows ${shown.text}`);
      if (last.has(key)) {
        const names = shown.place.in !== 'dm' && this.privacy === 'short' && shown.text.includes('Acme');
        const has = names ? 'a name' : shown.blocks.some(({ type }) => type === 'actions') ? 'buttons' : null;
        if (has !== null) throw new Error(`the last words of ${key} have ${has}`);
        continue;
      }
      // A rep's messages stay with the rep.
      const [before, now] = [shown.place, slot.place].map((place) => JSON.stringify(place));
      if (before !== now) throw new Error(`${key} was sent to ${before} and is wanted for ${now}`);
    }
  }
}

/** Nobody is mentioned where others read of an event that they also get a direct message about. */
function oneAlertEach(wanted: readonly Slot[]): void {
  const names = new Map(namedInWords(wanted).map((user) => [user, 'Somebody']));
  const direct = new Set(
    wanted.flatMap(({ key, place }) => (place.in === 'dm' ? [`${key.split(':')[1]} ${place.user}`] : [])),
  );
  for (const slot of nameInWords(wanted, names)) {
    if (slot.place.in === 'dm') continue;
    const users = [
      ...slot.text.matchAll(/<@(\w+)>/gu),
      ...JSON.stringify(slot.blocks).matchAll(/"user_id":"(\w+)"/gu),
    ];
    for (const [, user = ''] of users) {
      if (slot.mentions?.includes(user) !== true) throw new Error(`${slot.key} mentions ${user}`);
      if (direct.has(`${slot.key.split(':')[1]} ${user}`))
        throw new Error(`${slot.key} alerts ${user} twice`);
    }
  }
}

const NEW: StoredSlot = {
  key: '',
  channel: 'C1',
  ts: null,
  hash: null,
  state: 'intended',
  intentAt: null,
  lookups: 0,
  shows: null,
};

interface Life {
  readonly turns: readonly (readonly [turn: Turn, isShown: boolean, deleted: number | null])[];
  readonly privacy: Privacy;
  readonly fallback: 'none' | 'person' | 'channel';
  readonly limited: boolean;
  readonly held: boolean;
}

const lives: fc.Arbitrary<Life> = fc.record({
  turns: fc.array(
    fc.tuple(turns, fc.constantFrom(true, true, false), fc.option(fc.nat(20), { freq: 12, nil: null })),
    {
      maxLength: 40,
      size: 'max',
    },
  ),
  privacy: fc.constantFrom<Privacy>('full', 'short'),
  fallback: fc.constantFrom('none', 'person', 'channel'),
  limited: fc.boolean(),
  held: fc.boolean(),
});

function live({ turns: taken, privacy, fallback, limited, held }: Life): void {
  const world = new World(TUESDAY, {
    ...settingsIn('UTC', 'UTC'),
    holdAskMs: held ? 5 * MINUTE : 0,
    fallback:
      fallback === 'none'
        ? null
        : fallback === 'person'
          ? { kind: 'person', userId: 'UFALL', work: WORK }
          : { kind: 'channel', channel: 'CFALL' },
  });
  if (limited) {
    world.limit = {
      amount: usd(500_000),
      percent: 10,
      approver: APPROVER.userId,
      work: WORK,
      standIn: null,
      isDefault: false,
      substitutes: [],
    };
  }
  world.start();
  const thread = new Thread(privacy);
  const show = () => {
    try {
      thread.show(world.it);
    } catch (error) {
      throw new Error(`after ${world.events.map(({ type }) => type).join(', ')}`, { cause: error });
    }
  };
  for (const [turn, isShown, deleted] of taken) {
    const { actor, waitMs, commandFor } = turn(world.it);
    // No two things happen within the same millisecond.
    world.wait(Math.max(1, waitMs)).run(commandFor(world.it, world.now), actor);
    const key = deleted === null ? undefined : [...thread.standing.keys()][deleted];
    // A new root begins a new thread, and messages beneath the old one stay as they are.
    if (key !== undefined && key !== 'summary') thread.delete(key);
    if (isShown) show();
  }
  show();
}

test('every message that was ever posted is wanted, or has said its last words', () => {
  fc.assert(
    fc.property(lives, (life) => {
      live(life);
    }),
    { numRuns: 120 },
  );
});
