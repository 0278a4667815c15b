/** People and lines for any playbook, for all that its own practice leaves out. */
import type { Fact, Step } from '../schema';
import { isEnglish } from '../speech';

type Lines = Readonly<Record<string, readonly string[]>>;

export const GENERIC_PROSPECTS = [
  {
    id: 'owner',
    name: 'Marta Lindqvist',
    company: 'Lindqvist Joinery',
    about: 'Owns the shop and signs everything herself. She called you back between two site visits.',
    business: 'new',
    competitor: 'Alder & Co',
  },
  {
    id: 'head_of_operations',
    name: 'Devon Clarke',
    company: 'Brightwater Logistics',
    about: 'Head of operations. He ran the selection with two colleagues and tells you the result today.',
    business: 'new',
    competitor: 'Relay One',
  },
  {
    id: 'customer',
    name: 'Sunita Rao',
    company: 'Fernhill Clinics',
    about: 'A customer for three years. Her agreement is up, and she has looked at two others.',
    business: 'customer',
    competitor: 'Carewell',
  },
  {
    id: 'finance',
    name: 'Piotr Nowak',
    company: 'Granite Hill Foods',
    about: 'Finance director. He joined late and reads every line of an offer.',
    business: 'new',
    competitor: null,
  },
  {
    id: 'long_customer',
    name: 'Grace Mensah',
    company: 'Oakline Schools',
    about: 'A customer since the beginning. She wanted you to hear it from her first.',
    business: 'customer',
    competitor: null,
  },
] as const;

/** Lines for a step that means this answer, by its fact; never empty. In another language, only the playbook's own words. */
export function genericLines(step: Step, word: string, language?: string): readonly string[] {
  if (!isEnglish(language)) return [wordless(step, word)];
  const ofFact = step.record === undefined ? undefined : LINES[step.record.fact][word];
  if (ofFact !== undefined) return ofFact;
  const day = step.one_tap?.find(({ id }) => id === word);
  if (day !== undefined) return [`${day.label}, I think.`, `I'd say ${lowered(day.label)}.`];
  const choice = step.choices?.find(({ id }) => id === word);
  if (choice?.source === 'rep') return VOICEMAIL;
  if (choice !== undefined) return [sentence(choice.label)];
  return ANY[word] ?? ANYTHING;
}

/** What happens, for the rep to read; or the label of the answer, in the language of the playbook. */
function wordless({ record, choices, one_tap }: Step, word: string): string {
  const choice = choices?.find(({ id }) => id === word);
  if (choice?.source === 'rep') return '(The voicemail greeting.)';
  const label = choice?.label ?? one_tap?.find(({ id }) => id === word)?.label;
  if (label !== undefined) return sentence(label);
  if (word === 'next' && record === undefined) return '(They listen, and wait for you to go on.)';
  return HAPPENS[word] ?? '(They answer.)';
}

const HAPPENS: Readonly<Record<string, string>> = {
  next: '(They answer your question.)',
  again: '(They answer, and there is more to come.)',
  unknown: "(They don't know yet.)",
  hour: '(They agree to a time.)',
};

const lowered = (label: string) => label.charAt(0).toLowerCase() + label.slice(1);
const sentence = (label: string) => (/[.!?…]$/u.test(label) ? label : `${label}.`);

const VOICEMAIL = [
  "Hi, you've reached {prospect} at {account}. Try me around noon, or leave a message.",
  "This is {prospect}'s phone. Noon is the best time to get me. Leave me a message.",
];

const ANYTHING = ['OK.', 'Right.'];

const ANY: Lines = {
  next: ['Thanks. I appreciate that.', "That's kind of you.", 'OK. Thanks.'],
  again: ['That was most of it.', "Well, that's the main thing."],
  unknown: ["I don't know yet.", "I can't tell you that yet."],
  hour: ['That works.', "Sure, that's fine."],
};

/** By fact, then by answer. */
const LINES: Readonly<Record<Fact, Lines>> = {
  attraction: {
    next: ['They could start three weeks sooner.', 'It fits what we already run.', 'The price, mostly.'],
  },
  picture: {
    again: ['Well, that was most of it.', "There's one more thing, but it's small."],
    next: ["My team liked how they'd train people. That's it, really.", 'No, you have all of it.'],
  },
  hoped_for: {
    next: ["I'd hoped to hear that we could start small.", 'That we could pay over ninety days.'],
  },
  would_have_kept: {
    yes: ['Yes, it would have.', "Yeah. We'd have {gone|stayed} with you."],
    no: ['No. Not really.', "I don't think so, no."],
    unclear: ['Hard to say. Maybe.', 'It might have helped.'],
  },
  obstacle: {
    next: [
      'My finance director has to see it first.',
      "The team would have to agree. They're tired of this.",
    ],
  },
  would_have_changed: {
    next: ['If you had come to us a month earlier, maybe.', 'Somebody on your side who knows our trade.'],
  },
  signed: {
    no: ["No, nothing's signed.", "Not yet. It's on my desk."],
    verbal: ["No, but I've told them yes.", "We've shaken hands on it."],
    signed: ['Yes. I signed on Monday.', "It's done. Both signatures are on it."],
    wont_say: ["I'd rather not get into that.", "That's between us and them."],
  },
  may_check: {
    yes: ['Sure. Ask.', 'Yes, go ahead and ask.'],
    no: ['No. Please leave it.', "I'd rather you didn't."],
  },
  signing_date: {
    next: ['Friday.', 'A week from today.'],
    unknown: ["We haven't set a date.", "I don't know. It's with legal."],
  },
  promise: {
    hour: ['OK. I can wait that long.', 'That works. Call me then.'],
    unknown: ["I can't say. I'm on the road, so let's not set a time.", "Don't hold me to a time."],
  },
  contract_end: {
    next: ['It runs to the end of next March.', 'It ends in June, three years from now.'],
    unknown: ["I don't have it in front of me.", 'No idea. Somebody else looked at that.'],
  },
  may_call_again: {
    yes: ['Sure. Call me in the spring before.', 'Yes, do that.'],
    no: ["I'd rather call you.", "Please don't. I'll be in touch."],
  },
  look_again: {
    next: ['After our year ends, in July.', 'Once the new director is here. She starts in May.'],
    unknown: ["I don't know. It's on hold.", "I couldn't tell you."],
  },
  capability: {
    can: ["Take your time. It isn't a big thing."],
    need_manager: ["I know that's not a small thing to ask."],
    cannot: ["I don't think you do that at all, do you?"],
  },
  keep_talking: {
    yes: ["Yes, I'd talk about that.", "If you can do that, let's talk."],
    no: ["Let's leave it there.", 'No. Keep it closed.'],
  },
  next_attempt: {
    hour: ['(Beep. The greeting said that noon is best.)'],
    unknown: ["(Beep. You didn't catch an hour.)"],
  },
  who_else: {
    next: ["Our head of IT. He's worried about the move.", "My partner. She doesn't see the need."],
  },
  send_by: {
    hour: ["That's soon enough.", 'Fine. I can read it then.'],
    unknown: ['Whenever you have it.', "No rush. Let's not set a time."],
  },
};
