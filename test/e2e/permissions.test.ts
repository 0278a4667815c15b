/**
 * The permissions: every button and every screen, for everybody who may come to a deal, in their own workspace and
 * reaching into another one. The test generates the cases from the lists of ids and sends Slack's own payloads into the
 * real app.
 */
import { beginPractice } from '../../src/deal/practice/practise';
import { ACTIONS, type Ref, VIEWS, type ViewId } from '../../src/slack/ids';
import { rowsOf } from '../slack/deals';
import { commitOf } from '../store/builder';
import { type Case, CLICKS, INTAKE_OF_A_DEAL, OFFERS, SUBMISSIONS, WROTE } from './permissions/cases';
import { dealAt, secretOf } from './permissions/deals';
import { type Answer, type Harness, startHarness } from './permissions/harness';
import { command, homeOpened, submit, tap } from './permissions/payload';
import { idOf, OTHER, OWN, PEOPLE, type Person, settingsOf, UNCONFIRMED } from './permissions/people';

type World = 'own' | 'other';

interface Cell {
  readonly what: string;
  readonly person: Person;
  readonly world: World;
  readonly id: string;
  readonly given: Case;
}

interface Seen {
  readonly answer: Answer;
  readonly committed: boolean;
  readonly saved: boolean;
}

let harness: Harness;
const seen = new Map<string, Seen>();

const submissions = (Object.entries(SUBMISSIONS) as [ViewId, Case | null][]).filter(
  (entry): entry is [ViewId, Case] => entry[1] !== null,
);
/** Actions that change people's roles come last, in this order. */
const LAST = ['tap back_again', 'submit out', 'tap back_again again'];
const ways: readonly (readonly [what: string, given: Case])[] = [
  ...Object.entries(CLICKS).map(([action, given]) => [`tap ${action}`, given] as const),
  ...submissions.map(([view, given]) => [`submit ${view}`, given] as const),
  ['submit intake with the id of a deal', INTAKE_OF_A_DEAL] as const,
  ...Object.entries(OFFERS),
].sort(([a], [b]) => LAST.indexOf(a) - LAST.indexOf(b));

const cells: readonly Cell[] = ways.flatMap(([what, given], index) =>
  PEOPLE.flatMap((person, at) =>
    (['own', 'other'] as const)
      // An action without a deal cannot reach another workspace: it has nothing to name.
      .filter((world) => world === 'own' || given.stage !== null)
      // There an intake with this id is the first of its workspace, and starts a deal.
      .filter((world) => given !== INTAKE_OF_A_DEAL || (world === 'own' && person !== 'foreigner'))
      .map((world) => ({ what, person, world, given, id: `d${index}p${at}${world}` })),
  ),
);

function payloadOf({ what, person, id, given }: Cell, index: number, trigger = id): object {
  const [kind, name = ''] = what.split(' ');
  const ref: Ref = {
    ...(given.stage === null ? {} : { deal: id }),
    ...given.ref,
    ...(given.practice ? { practice: id } : {}),
    ...(given.ref?.visit === undefined ? {} : { step: given.step ?? playbook().start }),
    ...(name === ACTIONS.settingsRemove ? { item: `UGONE${person.toUpperCase()}` } : {}),
    ...(name === VIEWS.intake ? { deal: id } : {}),
    // An admin before has hidden it already, but where a save is undone.
    ...(name.startsWith('setup_') && person === 'namedAdmin' && !id.startsWith('twice')
      ? { section: 'again' }
      : {}),
  };
  return kind === 'tap'
    ? tap({ person, trigger }, name, ref, { view: given.on, channel: given.channel })
    : submit({ person, trigger }, name as ViewId, ref, given.values?.(person, index) ?? {});
}

const playbook = () => {
  const { playbooks } = harness.lostdeal.coach;
  const found = playbooks.latest(playbooks.default);
  if (found === null) throw new Error('there is no playbook');
  return found;
};

async function makeDeal({ id, given, world, person }: Cell): Promise<void> {
  if (given.practice) {
    const { practices } = harness.lostdeal.coach.store;
    const rep = { id, tenant: OWN, rep: idOf('rep'), prospect: 'owner', seed: 1, at: Date.now() };
    await practices.save(beginPractice({ ...rep, playbook: playbook() }), 0);
  }
  if (given.stage === null) return;
  if (given.wrote) {
    const key = { userId: idOf(person), dealId: '', form: `dm:${WROTE.channel}:${WROTE.ts}` };
    const row = { ...key, viewId: WROTE.channel, actionTs: 1, savedAt: Date.now(), values: { text: 'Yes' } };
    for (const tenant of [OWN, OTHER]) await harness.lostdeal.coach.store.drafts.save({ ...row, tenant });
  }
  const { hash, id: name, start } = playbook();
  const tenant = world === 'own' ? OWN : OTHER;
  const making = { id, tenant, now: Date.now(), playbook: { id: name, hash } };
  const screen = { firstStep: start, step: given.step ?? start };
  const deal = dealAt(given.stage, { ...making, ...screen });
  const [remark] = rowsOf(deal, secretOf(id));
  await harness.lostdeal.coach.store.deals.commit({
    ...commitOf(deal),
    ...(remark === undefined ? {} : { remark }),
  });
}

const stored = () => harness.lostdeal.coach.store;

async function revisionOf({ id, world, given }: Cell): Promise<number> {
  if (given.stage === null) return 0;
  return (await stored().deals.load(world === 'own' ? OWN : OTHER, id))?.revision ?? 0;
}

const lastSaved = async () => (await stored().workspace.settingsHistory(OWN, 1))[0]?.seq ?? 0;

async function play(cell: Cell, index: number): Promise<void> {
  await makeDeal(cell);
  const [before, saved] = [await revisionOf(cell), await lastSaved()];
  const answer = await harness.post(payloadOf(cell, index));
  const since = (await stored().workspace.settingsHistory(OWN, 50)).filter(({ seq }) => seq > saved);
  seen.set(keyOf(cell), {
    answer,
    committed: (await revisionOf(cell)) > before,
    saved: since.some(({ by }) => by === idOf(cell.person)),
  });
}

interface Forged {
  readonly wrongKey: Answer;
  readonly tooOld: Answer;
  readonly tampered: readonly Answer[];
  /** True when none of these had an effect. */
  readonly untouched: boolean;
  /** Revisions after the real delivery, and after the same one came again. */
  readonly once: number;
  readonly twice: number;
}
const forged = new Map<string, Forged>();

/** References that no screen of ours holds. */
const NONSENSE = [
  '',
  '{',
  '[]',
  '{"d":7}',
  `{"d":"${'x'.repeat(300)}"}`,
  '{"d":"d0p0own","s":"__proto__","v":1}',
];

/** Acts as a person who may, so that only the forgery stands in the way. */
async function playForged(what: string, given: Case, index: number): Promise<void> {
  const [person] = given.may;
  if (person === undefined || given.effect === 'saves') return;
  const cell: Cell = { what, given, person, world: 'own', id: `forged${index}` };
  await makeDeal(cell);
  const before = await revisionOf(cell);
  const real = payloadOf(cell, 200);
  const wrongKey = await harness.post(real, { secret: 'another secret' });
  const tooOld = await harness.post(real, { ageSeconds: 6 * 60 });
  const tampered: Answer[] = [];
  for (const [at, text] of NONSENSE.entries()) {
    tampered.push(await harness.post(withRef(payloadOf(cell, 200, `${cell.id}t${at}`), text)));
  }
  const untouched = (await revisionOf(cell)) === before;
  await harness.post(real);
  const once = await revisionOf(cell);
  await harness.post(real);
  forged.set(what, { wrongKey, tooOld, tampered, untouched, once, twice: await revisionOf(cell) });
}

const savedTwice = new Map<string, { readonly once: number; readonly twice: number }>();

/** Saves, lets somebody undo the save, and delivers the same request once more. */
async function playSavedTwice(what: string, given: Case, index: number): Promise<void> {
  const person = given.may.at(-1);
  if (person === undefined || given.effect !== 'saves') return;
  const { workspace } = stored();
  const cell: Cell = { what, given, person, world: 'own', id: `twice${index}` };
  const before = settingsOf(new Date().toISOString().slice(0, 10));
  const countOnce = async () => {
    await workspace.saveSettings(OWN, before);
    const last = await lastSaved();
    await harness.post(payloadOf(cell, 201));
    return (await lastSaved()) - last;
  };
  savedTwice.set(what, { once: await countOnce(), twice: await countOnce() });
}

/** The same payload, with this reference in place of ours in the button and the screen. */
function withRef(payload: object, text: string): object {
  return JSON.parse(JSON.stringify(payload), (key, value) =>
    key === 'private_metadata' || (key === 'value' && typeof value === 'string' && value.startsWith('{'))
      ? text
      : value,
  );
}

/** Commands that open screens without a deal in hand. */
const WORDS = ['list', 'upcoming', 'resume', 'settings'] as const;
/** People without a part in any deal, and one who sees them all. */
const WITHOUT_PART: readonly Person[] = [
  'formerRep',
  'oldAdmin',
  'guest',
  'unknown',
  'stranger',
  'bot',
  'deactivated',
];
const LOOKING: readonly Person[] = ['admin', ...WITHOUT_PART];
const lookedAt = new Map<string, string>();

/** Types every command, and opens App Home. */
async function look(person: Person): Promise<void> {
  for (const word of WORDS) {
    const trigger = `${word}${person}`;
    const { body } = await harness.command(command({ person, trigger }, word));
    lookedAt.set(`${word} ${person}`, body);
  }
  await harness.event(homeOpened(person));
}

const seenBy = (what: string, person: Person): string =>
  what === 'home'
    ? (harness.shown.get(idOf(person)) ?? '')
    : `${lookedAt.get(`${what} ${person}`)}\n${harness.shown.get(`${what}${person}`) ?? ''}`;

const AT_ONCE = 4;
/** Playing takes two minutes, and longer on a busy machine. */
const PLAYED_WITHIN_MS = 15 * 60_000;

const keyOf = ({ what, person, world }: Cell) => `${what} ${person} ${world}`;

/** Everything that the app showed this person, in the answer or after it. */
const shownTo = (cell: Cell) => `${seen.get(keyOf(cell))?.answer.body}\n${harness.shown.get(cell.id) ?? ''}`;

beforeAll(async () => {
  harness = await startHarness();
  // Plays one action after the other, as some change people's roles, and a few people at once: a screen has to open within
  // seconds of its tap, which a busy machine does not do for all of them together.
  for (const [what] of ways) {
    const played = cells.filter((cell) => cell.what === what);
    for (let from = 0; from < played.length; from += AT_ONCE) {
      await Promise.all(played.slice(from, from + AT_ONCE).map((cell, at) => play(cell, from + at)));
    }
  }
  // Some saved settings, and nobody is nudged outside the working time that they chose.
  await stored().workspace.saveSettings(OWN, settingsOf(new Date().toISOString().slice(0, 10)));
  for (const [index, [what, given]] of ways.entries()) await playForged(what, given, index);
  for (const [index, [what, given]] of ways.entries()) await playSavedTwice(what, given, index);
  for (const person of LOOKING) await look(person);
  await harness.settle();
}, PLAYED_WITHIN_MS);
afterAll(() => harness?.stop());

it('has a line for every button and every screen there is', () => {
  const taps = Object.keys(CLICKS).filter((it) => !it.includes('choose:'));
  expect([...taps, ACTIONS.input].sort()).toEqual(Object.values(ACTIONS).sort());
  expect(Object.keys(SUBMISSIONS).sort()).toEqual(Object.values(VIEWS).sort());
});

describe.each(ways)('%s', (what, given) => {
  const mine = cells.filter((cell) => cell.what === what);

  it.each(mine.map((cell) => [cell.person, cell.world, cell] as const))(
    '%s, %s workspace',
    (_p, _w, cell) => {
      const result = seen.get(keyOf(cell));
      if (result === undefined) throw new Error('was not played');
      // In the other workspace there is one person of ours, its admin.
      const atHome = cell.person === 'foreigner' && given.may.includes('admin');
      const isAtHome = cell.world === 'other' || (given.stage === null && given.effect !== 'saves');
      const may = given.may.includes(cell.person) ? cell.world === 'own' : atHome && isAtHome;
      const shown = shownTo(cell);
      const isUnconfirmed = cell.world === 'own' && UNCONFIRMED.includes(cell.person);
      const effects = {
        commits: result.committed,
        saves: result.saved,
        shows: typeof given.effect === 'object' && shown.includes(`"callback_id":"${given.effect.shows}"`),
      };
      const expected = typeof given.effect === 'object' ? 'shows' : given.effect;
      expect({ status: result.answer.status, [expected]: effects[expected] }).toEqual({
        status: 200,
        [expected]: may || ((isUnconfirmed ? given.unconfirmed : undefined) ?? given.blank === true),
      });
      if (may) return;
      if (isUnconfirmed && given.may.includes('admin') && given.unconfirmed === undefined && !given.blank)
        expect(shown).toContain('Checking who you are. Try again.');
      expect({ commits: result.committed, saves: result.saved }).toEqual({ commits: false, saves: false });
      if (given.stage !== null) expect(shown).not.toContain(secretOf(cell.id));
    },
  );
});

describe('without a deal in hand', () => {
  it('an admin finds everybody’s deals and the settings', () => {
    for (const what of ['list', 'upcoming']) expect(seenBy(what, 'admin')).toContain('Secret');
    expect(seenBy('settings', 'admin')).toContain(`"callback_id":"${VIEWS.settings}"`);
  });

  it.each(WITHOUT_PART)('%s finds no deal of anybody, and no settings', (person) => {
    for (const what of [...WORDS, 'home']) {
      expect([what, seenBy(what, person)]).toEqual([what, expect.not.stringContaining('Secret')]);
      expect(seenBy(what, person)).not.toContain(`"callback_id":"${VIEWS.settings}"`);
    }
  });
});

describe('forged and replayed', () => {
  const tried = ways.filter(([, given]) => given.may.length > 0 && given.effect !== 'saves');

  it.each(tried)('%s', (what, given) => {
    const result = forged.get(what);
    if (result === undefined) throw new Error('was not played');
    expect([result.wrongKey.status, result.tooOld.status]).toEqual([401, 401]);
    expect(result.tampered.map(({ status }) => status)).toEqual(NONSENSE.map(() => 200));
    expect(result.untouched).toBe(true);
    for (const answer of result.tampered) expect(answer.body).not.toContain('Secret');
    // One tap is one effect, however often it is delivered.
    expect(result.twice).toBe(result.once);
    if (given.effect === 'commits') expect(result.once).toBeGreaterThan(1);
  });

  const saved = ways.filter(([, given]) => given.effect === 'saves');
  it.each(saved)('%s brings nothing back that was taken back since', (what) => {
    const result = savedTwice.get(what);
    expect(result?.once).toBeGreaterThan(0);
    expect(result?.twice).toBe(0);
  });
});
