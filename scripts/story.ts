/**
 * The story of one deal, written once: Acme tells Robin no and names what Globex offers, Maya makes a counter-offer,
 * and Acme comes back. The terminal tells it, the pictures show it, and the end-to-end tests play it.
 */
import type { InputValue, MessageHandle, Modal, PersonDriver } from 'slack-sandbox';
import { fillNotes } from './play';

export const ACCOUNT = 'Acme';

/** What people say and type in it. */
export const SAID = {
  attraction: 'Ninety days to pay',
  picture: 'And a portal their people like',
  recommendation: 'Meet them halfway; they have always paid on time.',
  remark: 'I know them: they always keep their word.',
  terms: 'Sixty days to pay, and a named contact',
} as const;

/** One screen of the call. */
export interface Screen {
  /** Of the playbook. */
  readonly step: string;
  /** Words of the line to say, in the order they stand. */
  readonly says: string;
  /** The button that goes on without typing. */
  readonly tap: string;
  /** What that tap means. */
  readonly means: string;
  /** What can be typed instead, by label; then the button at the foot goes on. */
  readonly types?: Readonly<Record<string, InputValue>>;
}

/** The call, from the first screen to a pulse. Nothing has to be typed. */
export const CALL = [
  {
    step: 'thanks',
    says: 'Thank you for letting us make our case.',
    tap: 'Said it',
    means: 'thanks them and wishes them well',
  },
  {
    step: 'attraction',
    says: 'What did you like most about the other offer?',
    tap: 'Next',
    means: 'knows that already: ninety days to pay',
    types: { 'What they liked most': SAID.attraction },
  },
  {
    step: 'picture',
    says: "I want to be sure I've got all of it",
    tap: "That's everything",
    means: 'hears the rest',
    types: { Reasons: ['Payment terms'], 'What else they said': SAID.picture },
  },
  {
    step: 'would_have_kept',
    says: 'Would that have won your business?',
    tap: 'Yes',
    means: 'hears: yes, then we would have chosen you',
  },
  {
    step: 'signed',
    says: 'Have you signed anything yet?',
    tap: 'Not yet',
    means: 'hears that nothing is signed',
  },
  {
    step: 'may_check',
    says: 'OK with me asking my manager about it?',
    tap: 'Yes, check',
    means: 'may ask the manager',
  },
  {
    step: 'obstacle',
    says: 'is there anything else that would keep you from going with us?',
    tap: 'Nothing else',
    means: 'hears that nothing else is in the way',
  },
  {
    step: 'signing_date',
    says: 'When are you planning to sign?',
    tap: 'No date yet',
    means: 'is not told when they sign',
  },
  {
    step: 'promise',
    says: 'Could you hold off on signing until then?',
    tap: 'No time agreed',
    means: 'promises to call back, without an hour',
  },
] as const satisfies readonly Screen[];

/** The taps of the call, for `tapThrough`. */
export const TO_A_PULSE: readonly string[] = CALL.map(({ tap }) => tap);

/** After the call: who decides, and the facts. */
export const NOTES = {
  'Who can say yes?': 'maya',
  'What is it worth?': '48k',
  'Who did they choose?': 'Globex',
  'Who did you speak with?': 'Ms Ferreira',
  'What do you recommend?': SAID.recommendation,
} as const;

/** The same for a rep who typed nothing during the call. */
export const ALL_NOTES = { ...NOTES, 'What they liked most': SAID.attraction } as const;

/** What Maya offers instead. */
export const OFFER = {
  'What do we move on?': ['Payment terms', 'Contract terms'],
  "Here's what we can do for you: …": SAID.terms,
  'What does it cost us?': '4,000',
} as const;

/** Fills in the screen after the call, and saves it. */
export async function writeNotes(
  rep: PersonDriver,
  fresh: Modal,
  notes: Readonly<Record<string, InputValue>> = ALL_NOTES,
): Promise<void> {
  await fillNotes(fresh, notes);
  await fresh.submit();
  await rep.noModal();
}

/** The ask, as the manager finds it in the thread. */
export function findAsk(manager: PersonDriver): Promise<MessageHandle> {
  return manager.channel('#lost-deals').waitFor(`${ACCOUNT} (new, $48,000) would have`);
}

export async function makeOffer(manager: PersonDriver, ask: MessageHandle): Promise<void> {
  await ask.click('Counter');
  const counter = await manager.modal("Here's what we can do for you: …");
  await counter.fill(OFFER);
  await counter.submit();
  await manager.noModal();
}

/** What the rep hears by direct message. */
export async function findDecision(rep: PersonDriver): Promise<MessageHandle> {
  return (await rep.dm('Lostdeal')).waitFor(`${ACCOUNT}. @maya: counter-offer.`);
}

export async function reportWonBack(rep: PersonDriver, decision: MessageHandle): Promise<void> {
  await decision.click('Won back');
  await (await rep.modal(`${ACCOUNT} is back`)).submit();
  await rep.noModal();
}

/** The last message of the thread. */
export function findEnd(person: PersonDriver): Promise<MessageHandle> {
  return person.channel('#lost-deals').waitFor(`${ACCOUNT} is back: $48,000!`);
}
