/** What is wrong with a practice file, and what its author reads. */
import { FAULT_CODES } from '../../../src/playbook/checking/faults';
import { changed, faultsOf, loadTeams, read, TINY } from '../tiny';

const PRACTICE = `playbook: tiny
steps:
  thanks:
    next: ["Thanks."]
    unreached: ["You've reached {prospect} at {account}."]
prospects:
  - id: quick
    name: Ines Duarte
    company: Duarte Tiles
    about: Owner of a tile shop.
    business: new
    competitor: Claywell
    answers: { signed: 'no' }
    lines:
      reason:
        again: ["The price, mostly."]
        next: ["That's all of it."]
      may_check: { 'yes': ["Ask."] }
`;

const faultsWith = (practice: string) => faultsOf({ 'tiny.yml': TINY, 'tiny.practice.yml': practice });

const FAULTS: readonly (readonly [what: string, from: string, to: string, reads: readonly string[]])[] = [
  [
    'a playbook that is not there',
    'playbook: tiny',
    'playbook: tny',
    ['tiny.practice.yml:1: there is no playbook “tny”: correct the name or add the playbook'],
  ],
  [
    'an unknown key',
    '    business: new',
    '    busines: new',
    [
      'tiny.practice.yml:7: “business” is missing: add it',
      'tiny.practice.yml:11: “busines” is not a key of item 1 of “prospects”: correct or remove it',
    ],
  ],
  [
    'a step that is not there',
    '  thanks:\n',
    '  thx:\n',
    [
      'tiny.practice.yml:3: there is no step “thx” in playbook “tiny”: correct the name or remove it',
      'tiny.practice.yml:3: there is no step “thx” in playbook “tiny”: correct the name or remove it',
    ],
  ],
  [
    'an answer that a step does not take, so that one lacks its lines',
    '    unreached: [',
    '    reached: [',
    [
      'tiny.practice.yml:3: nobody says anything here that means “unreached”: add a line',
      'tiny.practice.yml:5: “reached” is no answer of step “thanks”: use one of next, unreached',
    ],
  ],
  [
    'an answer of a prospect that a step does not take',
    "signed: 'no'",
    'signed: maybe',
    ['tiny.practice.yml:13: “maybe” is no answer of step “signed”: use one of no, signed'],
  ],
  [
    'a prospect without an answer on the way',
    "    answers: { signed: 'no' }\n",
    '',
    [
      'tiny.practice.yml:7: this prospect comes to step “signed” (thanks → reason → signed) and has no answer: add “signed” to “answers” or “lines” with one of no, signed',
    ],
  ],
  [
    'an answer on a way that the prospect does not take',
    "signed: 'no'",
    'signed: signed',
    [
      'tiny.practice.yml:18: this prospect never answers step “may_check” with “yes”: remove it, or change the answers before',
    ],
  ],
  [
    'two answers at a step',
    "{ signed: 'no' }",
    "{ signed: 'no', may_check: 'no' }",
    ['tiny.practice.yml:18: this prospect answers step “may_check” with yes and with no: keep one'],
  ],
  [
    'a line that does not fit the screen',
    'The price, mostly.',
    `${'The price, mostly. '.repeat(12).trim()}`,
    ['tiny.practice.yml:16: this practice line has 227 characters, at most 200: shorten it'],
  ],
  [
    'a line that stumbles',
    '"Ask."',
    '"Ask. I like {competitor}."',
    ['tiny.practice.yml:18: {competitor} is not always known here: put it and the words around it in [ ]'],
  ],
  [
    'a company with marks',
    'Duarte Tiles',
    '"[Duarte]"',
    ['tiny.practice.yml:9: a company cannot contain { } [ ] or |: use words that fit every deal'],
  ],
  [
    'a prospect twice',
    'prospects:\n',
    'prospects:\n  - { id: quick, name: A, company: B, about: C., business: customer, answers: { thanks: unreached } }\n',
    ['tiny.practice.yml:8: there is another prospect “quick” above: give this one its own id'],
  ],
];

describe('a practice file', () => {
  it('without faults belongs to its playbook, and makes no new version of it', () => {
    const files = { 'tiny.yml': TINY, 'tiny.practice.yml': PRACTICE };
    expect(read(faultsOf(files))).toEqual([]);
    const [bare, practiced] = [loadTeams({ 'tiny.yml': TINY }), loadTeams(files)].map((it) =>
      it.latest('tiny'),
    );
    expect(practiced?.practice?.prospects?.[0]?.name).toBe('Ines Duarte');
    expect(practiced?.hash).toBe(bare?.hash);
  });

  it('of a team replaces the practice of a built-in playbook, and that of one that they replace is not used', () => {
    const ofBuiltIn =
      "playbook: heartbeat\nsteps: { signed: { 'no': [No.], verbal: [Yes.], signed: [Yes.], wont_say: [Hm.] } }\n";
    expect(
      loadTeams({ 'ours.practice.yml': ofBuiltIn }).latest('heartbeat')?.practice?.prospects,
    ).toBeUndefined();
    const replaced = loadTeams({ 'ours.yml': changed(TINY, 'id: tiny\n', 'id: heartbeat\n') });
    expect(replaced.latest('heartbeat')?.practice).toBeUndefined();
  });

  it.each(FAULTS)('with %s is refused, with line and reason', (_, from, to, reads) => {
    expect(read(faultsWith(changed(PRACTICE, from, to)))).toEqual(reads);
  });

  it('is refused when another in the folder is for the same playbook', () => {
    const files = { 'tiny.yml': TINY, 'a.practice.yml': PRACTICE, 'b.practice.yml': PRACTICE };
    expect(read(faultsOf(files))).toEqual([
      'b.practice.yml:1: another file in this folder has practice for “tiny” too: keep one',
    ]);
  });

  it('can have each fault of practice', () => {
    const provoked = new Set(
      FAULTS.flatMap(([, from, to]) => faultsWith(changed(PRACTICE, from, to))).map(({ code }) => code),
    );
    expect([...provoked]).toEqual(expect.arrayContaining(FAULT_CODES.slice(-6)));
  });
});
