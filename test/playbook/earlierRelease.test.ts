/** The playbooks of an earlier release, which its deals finish with and which teams may have taken as their own. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AnswerValue } from '../../src/playbook/answer';
import { type Playbook, playbookSchema, type Verdict, WORDS } from '../../src/playbook/schema';
import { exitsOf, nextTarget, wholeScript } from '../../src/playbook/walk';
import { cueOf, wordsOf } from '../../src/playbook/words';
import { step } from '../../src/slack/views/call';
import { fillIn } from '../../src/slack/views/fillIn';
import { script } from '../../src/slack/views/script';
import { newDeal, reasons } from '../slack/deals';
import { viewFaults } from '../slack/limits';
import { readView } from '../slack/read';
import { loadTeams } from './tiny';

const FOLDER = join(__dirname, '..', 'fixtures', 'release-d3eafe4', 'playbooks');
/** The versions that its database names. */
const VERSIONS = { heartbeat: 'bb2a9e29348daa25', 'one-last-question': '25f115b58152347e' } as const;

const files = Object.keys(VERSIONS) as (keyof typeof VERSIONS)[];
const textOf = (file: string) => readFileSync(join(FOLDER, `${file}.yml`), 'utf8');
const library = loadTeams(Object.fromEntries(files.map((file) => [`${file}.yml`, textOf(file)])));

function playbookOf(file: string): Playbook {
  const playbook = library.latest(file.replaceAll('-', '_'));
  if (playbook === null) throw new Error(`${file} is not loaded`);
  return playbook;
}

/** Verdicts of every path, each with the way to it; a screen that was shown is added to `shown`. */
function play(playbook: Playbook, at: string, shown: Set<string>, way: readonly string[] = []): Verdict[] {
  const current = playbook.steps.find(({ id }) => id === at);
  if (current === undefined || way.includes(at))
    throw new Error(`no way on from ${[...way, at].join(' → ')}`);
  const view = step(newDeal({ position: { stepId: at, visit: 1 } }), playbook, reasons);
  expect(viewFaults(view)).toEqual([]);
  shown.add(at);
  return exitsOf(current).flatMap(({ choice }) => {
    const answer: AnswerValue = choice === null ? { kind: 'told' } : { kind: 'choice', choice };
    const target = nextTarget(playbook, at, answer);
    return 'verdict' in target ? [target.verdict] : play(playbook, target.step, shown, [...way, at]);
  });
}

describe.each(files)('%s of an earlier release', (file) => {
  const playbook = playbookOf(file);

  it('is the version that deals under way name, also once it was stored', () => {
    const { hash, ...stored } = playbook;
    expect(hash).toBe(VERSIONS[file]);
    expect(playbookSchema.parse(JSON.parse(JSON.stringify(stored)))).toEqual(stored);
  });

  it('shows each of its screens and plays to each of its endings', () => {
    const shown = new Set<string>();
    const verdicts = new Set(play(playbook, playbook.start, shown));
    expect([...shown].sort()).toEqual(playbook.steps.map(({ id }) => id).sort());
    expect([...verdicts].sort()).toEqual(Object.keys(playbook.endings).sort());
    for (const verdict of verdicts) {
      const ended = newDeal({ position: null, verdict, verdictAt: 1 });
      expect(viewFaults(fillIn(ended, playbook, { currency: 'USD', reasons, teamManager: null }))).toEqual(
        [],
      );
    }
    expect(viewFaults(script(playbook, newDeal({})))).toEqual([]);
  });

  it('shows the line, the cue and the answers of a screen', () => {
    for (const current of wholeScript(playbook)) {
      const view = readView(step(newDeal({ position: { stepId: current.id, visit: 1 } }), playbook, reasons));
      if (current.listen_for !== undefined) expect(view).toContain(`Listen for: ${cueOf(current)}`);
      for (const { label } of current.choices ?? []) expect(view).toContain(`[${label}]`);
    }
  });

  it('keeps its own words after the call, and has the built-in ones for later moments', () => {
    for (const key of WORDS) expect(wordsOf(playbook, key).length).toBeGreaterThan(0);
    expect(wordsOf(playbook, 'decline')).toEqual(playbook.words?.decline);
    expect(wordsOf(playbook, 'last_voicemail').join(' ')).toContain("I'll send a note");
  });
});
