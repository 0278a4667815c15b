import { FAULT_CODES, type Fault } from '../../../src/playbook/checking/faults';
import { changed, faultsOf, faultsOfFolders, loadTeams, read, TINY, withFolder } from '../tiny';

/** What is wrong, the text of the small playbook that is replaced, its replacement, and what a person reads. */
const FAULTS: readonly (readonly [what: string, from: string, to: string, reads: readonly string[]])[] = [
  [
    'text with “: ” and no quotes',
    'why: It is kind.',
    'why: It is: kind.',
    [
      'tiny.yml:10: this is not valid YAML (Nested mappings are not allowed in compact mappings): put text that holds “: ”, or begins with { [ " \' # or *, in quotes, and indent with spaces',
    ],
  ],
  [
    'a key twice',
    '    why: It is kind.',
    '    why: It is kind.\n    why: It is good.',
    ['tiny.yml:11: this key is there twice: keep one'],
  ],
  [
    'text that begins with { and no quotes',
    'why: It is kind.',
    'why: {account} is kind.',
    [
      'tiny.yml:10: this is not valid YAML (Unexpected scalar at node end): put text that holds “: ”, or begins with { [ " \' # or *, in quotes, and indent with spaces',
    ],
  ],
  ['a missing key', 'summary: Thank them and ask.\n', '', ['tiny.yml:1: “summary” is missing: add it']],
  [
    'an unknown key',
    '    why: It is kind.',
    '    why: It is kind.\n    colour: red',
    ['tiny.yml:11: “colour” is not a key of item 1 of “steps”: correct or remove it'],
  ],
  [
    'an id with a space',
    'id: tiny\n',
    'id: Tiny Talk\n',
    ['tiny.yml:1: “id” is “Tiny Talk”: use small letters, digits and _ (at most 40)'],
  ],
  [
    'a number where text belongs',
    'why: It is kind.',
    'why: 7',
    ['tiny.yml:10: “why” must be text, not a number (put it in quotes)'],
  ],
  [
    'a key without a value',
    'why: It is kind.',
    'why:',
    ['tiny.yml:10: “why” is empty: fill it in or remove it'],
  ],
  [
    'an unknown fact',
    'fact: attraction',
    'fact: attract',
    [
      'tiny.yml:24: “fact” is “attract”: use one of attraction, picture, hoped_for, would_have_kept, obstacle, would_have_changed, signed, may_check, signing_date, promise, contract_end, may_call_again, look_again, capability, keep_talking, next_attempt, who_else, send_by',
    ],
  ],
  [
    'an unknown verdict',
    'next: { verdict: pulse }',
    'next: { verdict: alive }',
    [
      'tiny.yml:52: “next” must be either { step: <id> } or { verdict: <name> }; the verdicts are pulse, keep_talking, signed, no_pulse, declined_to_say, no_check, postponed, not_over, unreached',
    ],
  ],
  [
    'a step and a verdict in one “next”',
    'next: { step: reason }',
    'next: { step: reason, verdict: signed }',
    [
      'tiny.yml:14: “next” must be either { step: <id> } or { verdict: <name> }; the verdicts are pulse, keep_talking, signed, no_pulse, declined_to_say, no_check, postponed, not_over, unreached',
    ],
  ],
  [
    'an empty list',
    '["Welcome back."]',
    '[]',
    ['tiny.yml:66: “welcome_back” is empty: fill it in or remove it'],
  ],
  [
    'words for an unknown moment',
    '  mail: ["Hello."]\n',
    '  mail: ["Hello."]\n  fax: ["Hello."]\n',
    ['tiny.yml:62: “fax” is not a key of “words”: correct or remove it'],
  ],
  [
    'a reply without what they say',
    "    avoid: Don't argue.\n",
    '    they_say:\n      - { reply: "Fair enough." }\n',
    ['tiny.yml:14: “hear” is missing: add it'],
  ],
  [
    'a reply that takes more than a breath',
    "    avoid: Don't argue.\n",
    `    they_say:\n      - { hear: "Why?", reply: "${'Word '.repeat(45)}end." }\n`,
    [
      'tiny.yml:14: this line takes more than 15 seconds to say (46 words, at most 45): split it into two lines or shorten it',
    ],
  ],
  [
    'a mail that names what is not always known',
    'words:\n',
    'mails:\n  offer: { subject: Our offer, text: ["We offer {terms} until {expiry}."] }\nwords:\n',
    ['tiny.yml:60: {expiry} is not always known here: put it and the words around it in [ ]'],
  ],
  [
    'a mail with marks in its subject',
    'words:\n',
    'mails:\n  offer: { subject: "Our offer, {terms}", text: ["We offer {terms}."] }\nwords:\n',
    ['tiny.yml:60: a mail subject cannot contain { } [ ] or |: use words that fit every deal'],
  ],
  [
    'a suggested hour where none is asked for',
    '"Have you signed?"',
    '"Have you signed {by_suggested}?"',
    [
      'tiny.yml:33: {by_suggested} is never known here: use one of {account}, {prospect}, {competitor}, {rep}, {manager}',
    ],
  ],
  [
    'days of one tap where no date is asked for',
    '    again_label: Dig on\n',
    '    one_tap:\n      - { id: soon, label: Soon, means: 1 month }\n',
    ['tiny.yml:29: only a step that records a date is answered with a day: remove “one_tap”'],
  ],
  [
    'a day of one tap that means no day',
    '    again_label: Dig on\n',
    '    one_tap:\n      - { id: soon, label: Soon, means: soon }\n',
    ['tiny.yml:30: “means” is “soon”: write it like “2 years”, “18 months” or “next quarter”'],
  ],
  [
    'a word for Don’t know where no date is asked for',
    '    again_label: Dig on\n',
    '    unknown_label: No idea\n',
    ['tiny.yml:29: only a step that records a date or an hour has *Don’t know*: remove “unknown_label”'],
  ],
  [
    'a day with the id of a choice',
    '    record:\n      fact: attraction\n',
    '    one_tap:\n      - { id: out, label: 1 year, means: 1 year }\n    choices:\n      - { id: out, label: Out, next: { step: signed } }\n    record:\n      fact: contract_end\n',
    [
      'tiny.yml:24: there is a choice “out” too: give this day its own id',
      'tiny.yml:33: only a step that records text or reasons can be shown again: remove “again_label”',
    ],
  ],
  [
    'a step id twice',
    '  - id: may_check\n',
    '  - id: signed\n',
    [
      'tiny.yml:40: there is no step “may_check”: correct the name or add the step',
      'tiny.yml:42: there is another step “signed” above: give this one its own id',
    ],
  ],
  [
    'a choice id twice',
    '{ id: signed, label: Signed, next: { verdict: signed } }',
    "{ id: 'no', label: Signed, next: { verdict: signed } }",
    ['tiny.yml:41: there is another choice “no” above: give this one its own id'],
  ],
  [
    'a misspelt step',
    'next: { step: may_check }',
    'next: { step: may_chek }',
    [
      'tiny.yml:40: there is no step “may_chek”: correct the name or add the step',
      'tiny.yml:42: no path from “thanks” leads to step “may_check”: add one or remove the step',
    ],
  ],
  [
    'a start that is not a step',
    'start: thanks',
    'start: hello',
    ['tiny.yml:4: there is no step “hello”: correct the name or add the step'],
  ],
  [
    'a step that nothing leads to',
    'next: { step: reason }',
    'next: { step: signed }',
    ['tiny.yml:18: no path from “thanks” leads to step “reason”: add one or remove the step'],
  ],
  [
    'a step that leads nowhere',
    '    next: { step: reason }\n    next_label: Said it\n    choices:\n      - { id: unreached, label: Nobody there, next: { verdict: unreached } }\n',
    '',
    [
      'tiny.yml:6: step “thanks” leads nowhere: add “next” or “choices”',
      'tiny.yml:14: no path from “thanks” leads to step “reason”: add one or remove the step',
      'tiny.yml:26: no path from “thanks” leads to step “signed”: add one or remove the step',
      'tiny.yml:38: no path from “thanks” leads to step “may_check”: add one or remove the step',
    ],
  ],
  [
    'a loop',
    'next: { verdict: no_check }',
    'next: { step: reason }',
    [
      'tiny.yml:53: reason → signed → may_check → reason is a loop: lead to a later step (only “again_label” may show a screen again)',
    ],
  ],
  [
    'a step that leads to itself',
    'next: { step: signed }',
    'next: { step: reason }',
    [
      'tiny.yml:28: reason → reason is a loop: lead to a later step (only “again_label” may show a screen again)',
      'tiny.yml:30: no path from “thanks” leads to step “signed”: add one or remove the step',
      'tiny.yml:42: no path from “thanks” leads to step “may_check”: add one or remove the step',
    ],
  ],
  [
    'a pulse without asking whether they signed',
    'next: { step: signed }',
    'next: { step: may_check }',
    [
      'tiny.yml:30: no path from “thanks” leads to step “signed”: add one or remove the step',
      'tiny.yml:52: verdict “pulse” is reached without an answer to fact “signed” (thanks → reason → may_check): ask first, or lead to another verdict',
    ],
  ],
  [
    'a pulse after a signature',
    'next: { verdict: signed }',
    'next: { step: may_check }',
    [
      'tiny.yml:52: verdict “pulse” is reached after they signed (thanks → reason → signed → may_check): a signature ends the rescue, so lead to verdict “signed”',
    ],
  ],
  [
    'a pulse without their permission',
    'next: { verdict: no_check }',
    'next: { verdict: pulse }',
    [
      'tiny.yml:53: verdict “pulse” is reached without a “yes” to fact “may_check” (thanks → reason → signed → may_check): ask first, or lead to another verdict',
    ],
  ],
  [
    'keep_talking after a signature',
    'next: { verdict: signed }',
    'next: { verdict: keep_talking }',
    [
      'tiny.yml:41: verdict “keep_talking” is reached after they signed (thanks → reason → signed): a signature ends the rescue, so lead to verdict “signed”',
      'tiny.yml:54: verdict “keep_talking” has no ending: add “keep_talking” here with title, say and why',
    ],
  ],
  [
    'a verdict without an ending',
    '  no_check: { title: No check, say: [], why: It is theirs. }\n',
    '',
    ['tiny.yml:54: verdict “no_check” has no ending: add “no_check” here with title, say and why'],
  ],
  [
    'a choice fact without choices',
    "    choices:\n      - { id: 'yes', label: 'Yes', next: { verdict: pulse } }\n      - { id: 'no', label: 'No', next: { verdict: no_check } }\n",
    '',
    ['tiny.yml:47: fact “may_check” is tapped: add “choices” with some of yes, no'],
  ],
  [
    'a choice that is not a value of its fact',
    "{ id: 'yes', label",
    '{ id: sure, label',
    [
      'tiny.yml:52: verdict “pulse” is reached without a “yes” to fact “may_check” (thanks → reason → signed → may_check): ask first, or lead to another verdict',
      'tiny.yml:52: “sure” is not a choice of fact “may_check”: use one of yes, no',
    ],
  ],
  [
    'text to record without *Next*',
    '    next: { step: signed }\n',
    '',
    [
      'tiny.yml:23: fact “attraction” is typed or picked, so *Next* has to lead somewhere: add “next”',
      'tiny.yml:29: no path from “thanks” leads to step “signed”: add one or remove the step',
      'tiny.yml:41: no path from “thanks” leads to step “may_check”: add one or remove the step',
    ],
  ],
  [
    '*Next* beside the values of a choice fact',
    '      label: Signed?\n      source: prospect\n',
    '      label: Signed?\n      source: prospect\n    next: { verdict: signed }\n',
    ['tiny.yml:39: the choices of fact “signed” already lead on: remove “next”'],
  ],
  [
    '“again” with nothing to record',
    '    next_label: Said it',
    '    again_label: Say it again',
    ['tiny.yml:15: only a step that records text or reasons can be shown again: remove “again_label”'],
  ],
  [
    'a label for a missing *Next*',
    '    why: It is theirs to say.',
    '    why: It is theirs to say.\n    next_label: Go',
    ['tiny.yml:47: there is no *Next* here to label: remove “next_label” or add “next”'],
  ],
  [
    'a placeholder where nothing is typed',
    '      label: Signed?',
    '      label: Signed?\n      placeholder: Tap',
    ['tiny.yml:38: fact “signed” is tapped, not typed: remove “placeholder”'],
  ],
  [
    '[ without ]',
    'you[, {prospect}], for',
    'you[, {prospect}, for',
    ['tiny.yml:9: [ is never closed: add ] where the optional part ends'],
  ],
  ['] without [', 'you[, {prospect}], for', 'you, {prospect}], for', ['tiny.yml:9: ] has no [ before it']],
  [
    '[ ] within [ ]',
    '[, {prospect}]',
    '[, {prospect}[ of {competitor}]]',
    ['tiny.yml:9: one [ ] is inside another: put them one after the other'],
  ],
  [
    '[ ] without a field',
    '[, {prospect}]',
    '[, friend]',
    ['tiny.yml:9: [ ] holds no field, so its words are always said: remove the brackets'],
  ],
  [
    '{ without }',
    '[, {prospect}]',
    ' {won',
    ['tiny.yml:9: { is never closed: write {field} or {for new|for customer}'],
  ],
  ['} without {', '[, {prospect}]', ' won}', ['tiny.yml:9: } has no { before it']],
  [
    '| without { }',
    '[, {prospect}]',
    ' won|kept',
    ['tiny.yml:9: | is outside { }: write {for new|for customer}'],
  ],
  [
    'three words in { }',
    '[, {prospect}]',
    ' {a|b|c}',
    ['tiny.yml:9: {a|b|c} has more than two parts: write {for new|for customer}'],
  ],
  [
    'marks in a title',
    'title: Thanks\n',
    'title: "Thanks {prospect}"\n',
    ['tiny.yml:7: a step title cannot contain { } [ ] or |: use words that fit every deal'],
  ],
  [
    'an unknown field',
    '{prospect}',
    '{customer}',
    [
      'tiny.yml:9: there is no field {customer}: use one of account, prospect, competitor, rep, manager, call_back, request, terms, expiry, reason, in_return, hoped_for, pledged, look_again, send_by, by_call_back, by_send_by, by_suggested, around_look_again',
    ],
  ],
  [
    'a field that is not known on a call',
    '{prospect}',
    '{terms}',
    [
      'tiny.yml:9: {terms} is never known here: use one of {account}, {prospect}, {competitor}, {rep}, {manager}',
    ],
  ],
  [
    'a field that may be unknown, outside [ ]',
    '[, {prospect}]',
    ' {prospect}',
    ['tiny.yml:9: {prospect} is not always known here: put it and the words around it in [ ]'],
  ],
  [
    'a line that may be empty',
    '"Thank you[, {prospect}], for the talk."',
    '"[{prospect}.]"',
    ['tiny.yml:9: “” (new, without {prospect}) is empty: keep some words outside [ ]'],
  ],
  [
    'spaces on both sides of [ ]',
    'you[, {prospect}], for',
    'you [, {prospect}] for',
    [
      'tiny.yml:9: “Thank you  for the talk.” (new, without {prospect}) has two spaces in a row, or a space at the start or end: move the space into [ ] or out of it',
      'tiny.yml:9: “Thank you , Ms Reyes for the talk.” (new) has a space on the wrong side of a punctuation mark: move the space into [ ] or out of it',
    ],
  ],
  [
    'a space before a comma',
    'you[, {prospect}], for',
    'you [{prospect}], for',
    [
      'tiny.yml:9: “Thank you , for the talk.” (new, without {prospect}) has a space on the wrong side of a punctuation mark: move the space into [ ] or out of it',
    ],
  ],
  [
    'two commas',
    'you[, {prospect}], for',
    'you[, {prospect}],, for',
    [
      'tiny.yml:9: “Thank you, Ms Reyes,, for the talk.” (new) has two punctuation marks together: move one into [ ] or remove it',
    ],
  ],
  [
    'two full stops',
    'for the talk."',
    'for the talk.."',
    [
      'tiny.yml:9: “Thank you, Ms Reyes, for the talk..” (new) has two punctuation marks together: move one into [ ] or remove it',
    ],
  ],
  [
    'a small letter at the beginning',
    '"Thank you[, {prospect}], for',
    '"[{prospect}, ]thank you for',
    [
      'tiny.yml:9: “thank you for the talk.” (new, without {prospect}) does not begin with a capital letter: begin with one, outside [ ]',
    ],
  ],
  [
    'no full stop',
    'for the talk."',
    'for the talk"',
    [
      'tiny.yml:9: “Thank you, Ms Reyes, for the talk” (new) does not end with a full stop, question mark or the like: end with one, outside [ ]',
    ],
  ],
  [
    'no question mark for customers',
    '"Have you signed?"',
    '"Have you {signed?|signed}"',
    [
      'tiny.yml:33: “Have you signed” (customer) does not end with a full stop, question mark or the like: end with one, outside [ ]',
    ],
  ],
  [
    'a line break',
    '"Have you signed?"',
    '"Have you\\nsigned?"',
    ['tiny.yml:33: “Have you⏎signed?” has a line break: make it two lines of the list'],
  ],
  [
    'a hint in small letters',
    '      - Relief',
    '      - relief',
    ['tiny.yml:12: “relief” does not begin with a capital letter: begin with one, outside [ ]'],
  ],
  [
    'a line of more than 15 seconds',
    'for the talk."',
    `for the talk${' and more'.repeat(21)}."`,
    [
      'tiny.yml:9: this line takes more than 15 seconds to say (49 words, at most 45): split it into two lines or shorten it',
    ],
  ],
  [
    'four hints',
    '      - Relief',
    '      - One\n      - Two\n      - Three\n      - Four',
    ['tiny.yml:11: there are 4 things to listen for, at most 3: keep the best'],
  ],
  [
    'six choices',
    '      - { id: unreached, label: Nobody there, next: { verdict: unreached } }',
    [1, 2, 3, 4, 5, 6]
      .map((n) => `      - { id: c${n}, label: Nobody, next: { verdict: unreached } }`)
      .join('\n'),
    ['tiny.yml:16: there are 6 choices, at most 5: keep the best'],
  ],
  [
    'a long title',
    'title: Tiny',
    'title: A title that is much too long',
    ['tiny.yml:2: this playbook title has 29 characters, at most 24: shorten it'],
  ],
  [
    'a long summary',
    'summary: Thank them and ask.',
    `summary: ${'x'.repeat(76)}`,
    ['tiny.yml:3: this summary has 76 characters, at most 75: shorten it'],
  ],
  [
    'a long button',
    'label: Nobody there',
    'label: Nobody there who could have said a word',
    ['tiny.yml:17: this choice label has 39 characters, at most 30: shorten it'],
  ],
  [
    'a long step title',
    'title: Thanks\n',
    `title: ${'x'.repeat(61)}\n`,
    ['tiny.yml:7: this step title has 61 characters, at most 60: shorten it'],
  ],
  [
    'a long label of *Next*',
    'next_label: Said it',
    `next_label: ${'x'.repeat(25)}`,
    ['tiny.yml:15: this next_label has 25 characters, at most 24: shorten it'],
  ],
  [
    'a long label of “again”',
    'again_label: Dig on',
    `again_label: ${'x'.repeat(31)}`,
    ['tiny.yml:29: this again_label has 31 characters, at most 30: shorten it'],
  ],
  [
    'a long label of an input',
    'label: What they offered',
    `label: ${'x'.repeat(121)}`,
    ['tiny.yml:25: this input label has 121 characters, at most 120: shorten it'],
  ],
  [
    'a long placeholder',
    'placeholder: In their words',
    `placeholder: ${'x'.repeat(151)}`,
    ['tiny.yml:26: this placeholder has 151 characters, at most 150: shorten it'],
  ],
  [
    'a label that is longer as Slack counts',
    'next_label: Said it',
    'next_label: "a&&&&&"',
    ['tiny.yml:15: this next_label has 26 characters, at most 24: shorten it'],
  ],
  [
    'a long why',
    'why: It is kind.',
    `why: It ${'x'.repeat(200)}.`,
    ['tiny.yml:10: this why has 204 characters, at most 200: shorten it'],
  ],
  [
    'words that overflow with the longest answers',
    '["We can: {terms}."]',
    '["We can: {terms}, so {terms}."]',
    [
      'tiny.yml:63: with the longest names and answers this has 3015 characters, at most 3000: shorten it or name fewer fields',
    ],
  ],
  [
    'a long title of an ending',
    'title: Pulse,',
    `title: ${'P'.repeat(61)},`,
    ['tiny.yml:55: this ending title has 61 characters, at most 60: shorten it'],
  ],
  [
    'a field that is not known at that moment',
    '["We can\'t: {reason}."]',
    '["We can\'t: {terms}."]',
    [
      'tiny.yml:65: {terms} is never known here: use one of {account}, {reason}, {prospect}, {competitor}, {rep}, {manager}, {request}',
    ],
  ],
];

const TAXONOMY_FAULTS: readonly (readonly [what: string, text: string, reads: readonly string[]])[] = [
  [
    'a reason twice',
    'reasons:\n  - { id: price, label: Price }\n  - { id: price, label: Cost }\n',
    ['taxonomy.yml:3: there is another reason “price” above: give this one its own id'],
  ],
  ['no reason', 'reasons: []\n', ['taxonomy.yml:1: “reasons” is empty: fill it in or remove it']],
  ['an empty file', '', ['taxonomy.yml:1: the file is empty: fill it in or remove it']],
  [
    'a reason that does not fit its menu',
    `reasons:\n  - { id: price, label: ${'x'.repeat(76)} }\n`,
    ['taxonomy.yml:2: this reason label has 76 characters, at most 75: shorten it'],
  ],
  [
    'more reasons than a menu holds',
    `reasons:\n${Array.from({ length: 101 }, (_, n) => `  - { id: r${n}, label: R }\n`).join('')}`,
    ['taxonomy.yml:1: there are 101 reasons, at most 100: keep the best'],
  ],
];

/** Loading takes a moment, and two tests need the same faults. */
const loaded = new Map<string, readonly Fault[]>();

function faultsAfter(from: string, to: string): readonly Fault[] {
  const text = changed(TINY, from, to);
  const faults = loaded.get(text) ?? faultsOf({ 'tiny.yml': text });
  loaded.set(text, faults);
  return faults;
}

/** What is long for a call, and nothing else: a warning for a team, a fault of ours. */
const LENGTHS: typeof FAULTS = [
  [
    'more than 15 seconds to say on a screen',
    '"Have you signed?"',
    `"${'Word '.repeat(20)}one."\n      - "${'Word '.repeat(25)}two."`,
    [
      'tiny.yml:32: this screen has 47 words to say, at most 45 (15 seconds): shorten it or make it two screens',
    ],
  ],
  [
    'a cue of nine words',
    "    avoid: Don't argue.\n",
    '    cue: one two three four five six seven eight nine\n    dont: argue\n',
    ['tiny.yml:13: this cue has 9 words, at most 8: shorten it'],
  ],
  [
    'a don’t of nine words',
    "    avoid: Don't argue.\n",
    '    dont: one two three four five six seven eight nine\n',
    ['tiny.yml:13: this don’t has 9 words, at most 8: shorten it'],
  ],
  [
    'a first hint of nine words',
    '      - Relief\n',
    '      - One two three four five six seven eight nine\n',
    ['tiny.yml:12: this cue has 9 words, at most 8: shorten it'],
  ],
  [
    'a button of 25 characters',
    'label: Nobody there,',
    'label: Nobody at all picked it up,',
    ['tiny.yml:17: this label has 26 characters, at most 24: shorten it'],
  ],
  [
    'a title that Slack would cut',
    'title: Their reason',
    'title: The reason why they did that',
    ['tiny.yml:19: this label has 28 characters, at most 24: shorten it'],
  ],
];

describe('a playbook with', () => {
  it.each(FAULTS)('%s is refused, with where, why and what to do', (_, from, to, reads) => {
    expect(read(faultsAfter(from, to))).toEqual(reads);
  });

  it.each(LENGTHS)('%s loads with a warning', (_, from, to, reads) => {
    const text = changed(TINY, from, to);
    expect(faultsOf({ 'tiny.yml': text })).toEqual([]);
    expect(read(loadTeams({ 'tiny.yml': text }).warnings)).toEqual(reads);
  });

  it.each(LENGTHS)('%s is refused when it is built in', (_, from, to, reads) => {
    const taxonomy = 'reasons:\n  - { id: colour, label: Colour }\n';
    const ours = changed(TINY, 'id: tiny\n', 'id: heartbeat\n');
    withFolder({ 'tiny.yml': changed(ours, from, to), 'taxonomy.yml': taxonomy }, (builtInDir) => {
      expect(read(faultsOfFolders({ builtInDir }))).toEqual(reads);
    });
  });

  it('no fault loads', () => {
    expect(faultsOf({ 'tiny.yml': TINY })).toEqual([]);
  });
});

describe('a taxonomy with', () => {
  it.each(TAXONOMY_FAULTS)('%s is refused, with where, why and what to do', (_, text, reads) => {
    expect(read(faultsOf({ 'taxonomy.yml': text }))).toEqual(reads);
  });
});

describe('faults', () => {
  it('of all files are reported at once, by file and line', () => {
    const broken = changed(
      changed(TINY, 'summary: Thank them and ask.\n', ''),
      'for the talk."',
      'for the talk"',
    );
    const files = {
      'b.yml': broken,
      'a.yml': changed(TINY, 'next: { verdict: signed }', 'next: { step: gone }'),
      'taxonomy.yml': 'reasons: none\n',
    };
    expect(read(faultsOf(files))).toEqual([
      'a.yml:41: there is no step “gone”: correct the name or add the step',
      'b.yml:1: “summary” is missing: add it',
      'b.yml:8: “Thank you, Ms Reyes, for the talk” (new) does not end with a full stop, question mark or the like: end with one, outside [ ]',
      'taxonomy.yml:1: “reasons” must be a list, not text',
    ]);
  });

  it('of readable steps are found beside a step that cannot be read', () => {
    const broken = changed(
      changed(TINY, 'why: It is kind.', 'why: 7'),
      '"Have you signed?"',
      '"have you signed?"',
    );
    expect(read(faultsOf({ 'tiny.yml': broken }))).toEqual([
      'tiny.yml:10: “why” must be text, not a number (put it in quotes)',
      'tiny.yml:33: “have you signed?” does not begin with a capital letter: begin with one, outside [ ]',
    ]);
  });

  it('of every kind have a case above, except files that cannot be read', () => {
    const provoked = new Set(
      [
        ...FAULTS.flatMap(([, from, to]) => faultsAfter(from, to)),
        ...LENGTHS.flatMap(([, from, to]) => loadTeams({ 'tiny.yml': changed(TINY, from, to) }).warnings),
      ].map((fault) => fault.code),
    );
    // `slack/language` provokes the second, `practiceFaults` the last six.
    expect(FAULT_CODES.filter((code) => !provoked.has(code))).toEqual([
      'unreadable',
      'not_in_language',
      ...FAULT_CODES.slice(-6),
    ]);
  });
});
