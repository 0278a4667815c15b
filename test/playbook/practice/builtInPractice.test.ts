/** The ten prospects of each built-in playbook, and the lines that fit any playbook. */
import { wayWith } from '../../../scripts/docs/prospectTable';
import { keepPlaybooks } from '../../../src/coach/playbooks';
import { checkLine, NOTE } from '../../../src/playbook/checking/checks/lines';
import { BUILT_IN_DIR, hashOf, loadPlaybooks } from '../../../src/playbook/checking/loader';
import { answersOf, wordOf } from '../../../src/playbook/practice/answers';
import { linesFor } from '../../../src/playbook/practice/character';
import { GENERIC_PROSPECTS, genericLines } from '../../../src/playbook/practice/generic';
import { prospectsOf, replyOf } from '../../../src/playbook/practice/prospects';
import {
  FACT_CHOICES,
  FACT_KINDS,
  type Fact,
  type Playbook,
  playbookSchema,
} from '../../../src/playbook/schema';
import { stepOf, verdictsOf } from '../../../src/playbook/walk';
import { stepAbout } from './steps';

const playbooks = loadPlaybooks({ builtInDir: BUILT_IN_DIR }).list();
const each = playbooks.map((playbook) => [playbook.title, playbook] as const);

describe.each(each)('practice of %s', (_, playbook) => {
  const prospects = prospectsOf(playbook);
  const characters = playbook.practice?.prospects ?? [];

  it('has ten people of their own, each going another way, who reach every ending between them', () => {
    expect(prospects).toHaveLength(10);
    const ways = prospects.map((prospect) => wayWith(playbook, prospect));
    expect(new Set(ways.map(({ taps, verdict }) => JSON.stringify([taps, verdict]))).size).toBe(10);
    expect([...new Set(ways.map(({ verdict }) => verdict))].sort()).toEqual([...verdictsOf(playbook)].sort());
  });

  it('has both kinds of business, somebody at renewal, and somebody whom no competitor wins', () => {
    expect(prospects.filter(({ business }) => business === 'customer').length).toBeGreaterThanOrEqual(2);
    expect(prospects.filter(({ competitor }) => competitor === null).map(({ id }) => id)).toEqual([
      'no_decision',
    ]);
  });

  it('says each thing in two ways at least, so that two calls differ', () => {
    for (const { lines = {} } of characters) {
      for (const words of Object.values(lines).flatMap((byAnswer) => Object.values(byAnswer)))
        expect(words.length).toBeGreaterThanOrEqual(2);
    }
    const [first] = prospects;
    if (first === undefined) throw new Error('there is no prospect');
    const said = Array.from(
      { length: 20 },
      (_, seed) => replyOf(playbook, first, seed, playbook.start, 1).says,
    );
    expect(new Set(said).size).toBeGreaterThan(1);
  });

  it('takes three minutes with anybody, read aloud, with the replies heard and two taps a screen', () => {
    const WORDS_A_SECOND = 3;
    const SECONDS_OF_TAPS = 5;
    const seconds = prospects.map((prospect) => {
      const screens = wayWith(playbook, prospect).steps;
      const words = screens.map(({ stepId, visit }) => {
        const { say } = stepOf(playbook, stepId);
        const replies = [0, 1, 2, 3, 4].map(
          (seed) => replyOf(playbook, prospect, seed, stepId, visit).says.split(' ').length,
        );
        return say.join(' ').split(' ').length + Math.max(...replies);
      });
      const total = words.reduce((sum, count) => sum + count, 0);
      return total / WORDS_A_SECOND + screens.length * SECONDS_OF_TAPS;
    });
    expect(Math.max(...seconds)).toBeLessThanOrEqual(180);
  });

  it('says nothing twice, so that a line means one answer', () => {
    const lines = characters.flatMap(({ lines: own = {} }) =>
      Object.values(own).flatMap((byAnswer) => Object.values(byAnswer).flat()),
    );
    expect(lines.filter((line, index) => lines.indexOf(line) < index)).toEqual([]);
  });

  it('has words of several kinds wherever a prospect answers with no words of their own', () => {
    for (const step of playbook.steps)
      for (const word of answersOf(step).keys())
        expect(linesFor(playbook, null, step, word).length).toBeGreaterThan(0);
  });
});

it('nobody is met twice under one name or at one company', () => {
  const all = [...playbooks.flatMap((playbook) => prospectsOf(playbook)), ...GENERIC_PROSPECTS];
  for (const key of ['name', 'company'] as const)
    expect(new Set(all.map((prospect) => prospect[key])).size).toBe(all.length);
  const competitors = all.flatMap(({ competitor }) => (competitor === null ? [] : [competitor]));
  expect(new Set(competitors).size).toBe(competitors.length);
});

describe('lines for any playbook', () => {
  const facts = Object.keys(FACT_KINDS) as Fact[];

  it.each(facts)('are there for each answer about %s, and read well', (fact) => {
    const step = stepAbout(fact);
    const words = [...answersOf(step).keys()];
    expect(words).toEqual(expect.arrayContaining([...(FACT_CHOICES[fact] ?? [])]));
    for (const word of words) {
      const lines = genericLines(step, word);
      expect(lines.length).toBeGreaterThan(0);
      for (const line of lines) expect(checkLine(line, 'practice', NOTE, [])).toEqual([]);
    }
  });
});

describe('a version of a playbook', () => {
  it('knows nothing of practice: neither its name nor what is kept for deals', async () => {
    const kept = new Map<string, unknown>();
    const store = {
      workspace: {
        savePlaybook: async (hash: string, source: unknown) => {
          kept.set(hash, source);
        },
        saveReasons: async () => undefined,
        versionsLoaded: async () => undefined,
      },
    };
    await keepPlaybooks({
      store: store as unknown as Parameters<typeof keepPlaybooks>[0]['store'],
      playbooks: loadPlaybooks({ builtInDir: BUILT_IN_DIR }),
    });
    for (const { hash, practice: _, ...source } of playbooks) {
      expect(hashOf(source)).toBe(hash);
      expect(playbookSchema.parse(kept.get(hash))).toEqual(source);
    }
  });

  it('without practice can be practiced with people of no playbook', () => {
    const [{ practice: _, ...bare }] = playbooks as [Playbook];
    expect(prospectsOf(bare)).toEqual(GENERIC_PROSPECTS);
    const [somebody] = prospectsOf(bare);
    if (somebody === undefined) throw new Error('there is no prospect');
    expect(wordOf(replyOf(bare, somebody, 1, bare.start, 1).means)).not.toBe('');
  });
});
