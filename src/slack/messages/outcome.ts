import type { Deal, Outcome, UserId } from '../../deal/model/deal';
import { factsOf, known } from '../../deal/model/facts';
import { decisionInForce } from '../../deal/model/inForce';
import { formatMoney } from '../../deal/model/money';
import { ACTIONS } from '../ids';
import {
  account,
  type ButtonOptions,
  buttons,
  closing,
  cut,
  detailsButton,
  duration,
  EXCERPT,
  encodedLength,
  line,
  type Part,
  quote,
  type RichPiece,
  rich,
  showAllButton,
} from '../text';
import { closedReason } from './closedReason';
import {
  ADDRESSED,
  IN_THREAD,
  type Message,
  messageKind,
  NUMBERED,
  type Numbered,
  TO_ADDRESSEE,
} from './kind';
import { openedAgain, toFormerRep } from './lastWords';
import { words } from './phrases';
import type { RenderContext } from './slot';

/** How it ended. Credit for a won-back deal goes to rep and decider. */
export const outcomeInThread = messageKind({
  kind: 'outcome',
  key: NUMBERED,
  place: IN_THREAD,
  notifies: true,
  phases: ['thread'],
  messages: (deal, context) => {
    const end = endOf(deal);
    return end === null ? [] : [inThread(deal, end, context)];
  },
  lastWords: (deal) => [openedAgain(deal)],
});

/** Words for the rep to welcome them back. */
export const outcomeDm = messageKind({
  kind: 'outcome-dm',
  key: ADDRESSED,
  place: TO_ADDRESSEE,
  notifies: true,
  phases: ['thread'],
  messages: (deal, { playbook }) => {
    const end = endOf(deal);
    if (end?.outcome.kind !== 'won_back') return [];
    const welcome: Part[] = [account(deal), ' is back. Words to welcome them:'];
    return [
      {
        key: { id: end.at, to: deal.rep },
        fallback: welcome,
        blocks: [rich(line(...welcome), ...words(deal, playbook, 'welcome_back'))],
      },
    ];
  },
  lastWords: (deal, { to }) => toFormerRep(deal, to, [account(deal), ' was opened again after this.']),
});

interface End {
  readonly outcome: Extract<Outcome, { kind: 'won_back' | 'lost' }>;
  readonly at: number;
}

function endOf({ outcome, outcomeAt, removed }: Deal): End | null {
  const isEnd = outcome?.kind === 'won_back' || outcome?.kind === 'lost';
  return removed === null && isEnd && outcomeAt !== null ? { outcome, at: outcomeAt } : null;
}

function inThread(deal: Deal, { outcome, at }: End, context: RenderContext): Message<Numbered> {
  const short = context.privacy === 'short';
  const reason = closedReason(deal, 'outcome', context);
  const { first, story, long } =
    outcome.kind === 'lost' ? staysLost(deal, outcome.reason, short) : isBack(deal, outcome, short);
  return {
    key: { id: at },
    broadcast: deal.outcomeTold,
    // The rep has words to welcome them. For whoever said yes it is the only message of the win.
    mentions:
      outcome.kind === 'won_back' && (deal.outcomeTold || deal.winTold === null) ? decidersOf(deal) : [],
    fallback: [...first, ' ', ...credit(deal, outcome)],
    blocks: [
      rich(line(...first), ...story, line(...credit(deal, outcome)), ...reason.lines),
      ...rowOf(short ? [detailsButton(deal)] : [...(long ? [showAllButton(deal)] : []), ...reason.buttons]),
    ],
  };
}

const rowOf = (row: readonly ButtonOptions[]) => (row.length === 0 ? [] : [buttons(...row)]);

interface Told {
  readonly first: readonly Part[];
  readonly story: readonly RichPiece[];
  /** Words were cut. */
  readonly long: boolean;
}

/** In a public channel only that a deal is back: no name, word or amount. */
function isBack(deal: Deal, outcome: Extract<Outcome, { kind: 'won_back' }>, short: boolean): Told {
  const isPart = outcome.part === 'part';
  if (short) {
    const what = isPart ? 'Part of a lost deal is back!' : 'A lost deal is back!';
    return { first: ['🎉 ', { bold: what }], story: [], long: false };
  }
  const amount = outcome.amount === null ? '!' : `: ${formatMoney(outcome.amount)}!`;
  const first: Part[] = [
    '🎉 ',
    ...(isPart ? [{ bold: 'Part of ' }] : []),
    account(deal),
    { bold: ` is back${amount}` },
  ];
  const told = sentencesOf(deal, outcome.took);
  return {
    first,
    story: told.length === 0 ? [] : [line(told.map(({ said }) => said).join(' '))],
    long: told.some(({ isCut }) => isCut),
  };
}

/** The longest words of a person that stand inside a sentence; *Show all* has the rest. */
const LONGEST_WORDS = 200;

/** "Globex offered ninety days to pay. Sixty did it.", each in the words of whoever said it. */
function sentencesOf(deal: Deal, took: string | null): { readonly said: string; readonly isCut: boolean }[] {
  const sentence = (words: string | null, around: (quoted: string) => string) => {
    if (words === null) return [];
    const flat = words.trim().replaceAll(/\s+/gu, ' ').replace(/\.$/u, '');
    const shown = cut(flat, LONGEST_WORDS);
    return [{ said: around(`"${shown}"`), isCut: shown !== flat }];
  };
  const facts = factsOf(deal);
  const offered = known(facts.attraction);
  const competitor = cut(deal.details.competitor ?? 'They', LONGEST_WORDS);
  const decision = decisionInForce(deal);
  const inReturn = decision === null || decision.kind === 'decline' ? null : decision.inReturn;
  return [
    ...sentence(offered, (quoted) => `${competitor} offered ${quoted}.`),
    ...sentence(offered === null ? known(facts.hoped_for) : null, (quoted) => `They hoped for ${quoted}.`),
    ...sentence(took, (quoted) => `${quoted} did it.`),
    ...sentence(inReturn, (quoted) => `We get ${quoted} in return.`),
  ];
}

function staysLost(deal: Deal, reason: string | null, short: boolean): Told {
  if (short) return { first: [{ bold: 'Stays lost.' }], story: [], long: false };
  const pieces = reason === null ? [] : [line('What they said:'), quote(cut(reason, EXCERPT))];
  const long = reason !== null && encodedLength(reason) > EXCERPT;
  return { first: [{ bold: 'Stays lost: ' }, account(deal), '.'], story: pieces, long };
}

/** Whoever said yes, unless that is the rep. */
function decidersOf(deal: Deal): UserId[] {
  const decision = decisionInForce(deal);
  return decision === null || decision.kind === 'decline' || decision.by === deal.rep ? [] : [decision.by];
}

/** Credit goes to the rep and to whoever said yes. */
function credit(deal: Deal, outcome: Outcome): Part[] {
  if (outcome.kind !== 'won_back') return [{ user: deal.rep }, ' went back and asked. Thank you.'];
  const decision = decisionInForce(deal);
  if (deal.ask === null || decision === null || decision.kind === 'decline')
    return [{ user: deal.rep }, ' asked.'];
  if (deal.ask.preApproved !== null) {
    return [{ user: deal.rep }, ' said yes on the call, ', { user: decision.by }, ' had pre-approved it.'];
  }
  const took = duration(decision.at - deal.ask.at);
  return [{ user: deal.rep }, ' asked, ', { user: decision.by }, ` answered in ${took}.`];
}

/** A deal that the clock closed says so in its thread. */
export const closedByClock = messageKind({
  kind: 'closed',
  key: NUMBERED,
  place: IN_THREAD,
  notifies: true,
  phases: ['thread'],
  messages: (deal, context) => {
    const { closedAt, closedBecause, stage } = deal;
    const byClock = closedBecause === 'silence' || closedBecause === 'three_tries';
    if (closedAt === null || !byClock || stage !== 'closed') return [];
    const reason = closedReason(deal, 'clock', context);
    const who: Part = context.privacy === 'short' ? 'This deal' : account(deal);
    const first: Part[] = [who, ` was closed. ${closing(deal)} It can be opened again from its details.`];
    const nextTime = { action: ACTIONS.nextTime, label: 'The next time', ref: { deal: deal.id } };
    return [
      {
        key: { id: closedAt },
        fallback: first,
        blocks: [
          rich(line(...first), ...reason.lines),
          buttons(detailsButton(deal), nextTime, ...reason.buttons),
        ],
      },
    ];
  },
  lastWords: (deal) => [openedAgain(deal)],
});
