import { stationOf } from '../../deal/asking/stations';
import type { Deal } from '../../deal/model/deal';
import { decisionInForce } from '../../deal/model/inForce';
import { traitsOf, VERDICT_TRAITS } from '../../playbook/schema';
import {
  account,
  type ButtonOptions,
  businessAndAmount,
  buttons,
  closing,
  cut,
  decidedParts,
  detailsButton,
  fillInButton,
  line,
  NOT_LOST,
  type Part,
  type RichPiece,
  rich,
  STAGE_LABELS,
  theySignedButton,
  VERDICT_LABELS,
  weekdayAndDate,
} from '../text';
import { closedReason } from './closedReason';
import { type Message, messageKind, SINGLE, type Single } from './kind';
import { whyNoThread } from './lastWords';
import { type RenderContext, ROOT } from './slot';

/** The root of the thread: what it is about and how it stands, always up to date. */
export const summary = messageKind({
  kind: 'summary',
  key: SINGLE,
  place: () => ROOT,
  notifies: false,
  phases: ['thread', 'not_a_loss'],
  messages: (deal, context) => [summaryOf(deal, context)],
  lastWords: (deal, _key, { privacy }) => [
    privacy === 'short' ? { bold: 'A lost deal' } : account(deal),
    `. ${whyNoThread(deal)}`,
  ],
});

function summaryOf(deal: Deal, context: RenderContext): Message<Single> {
  const short = context.privacy === 'short';
  const reason = closedReason(deal, 'summary', context);
  const what: Part[] = short ? [{ bold: 'A lost deal' }] : [account(deal), `  ·  ${businessAndAmount(deal)}`];
  const competitor = deal.details.competitor;
  const decision = decisionInForce(deal);
  const standing = standingParts(deal);
  return {
    key: {},
    fallback: [...what, '. ', ...standing],
    overtaken: deal.stage === 'withdrawn',
    // They follow the thread from then on, as Slack has whoever is mentioned do.
    mentions: [deal.rep],
    blocks: [
      rich(
        line(...what),
        ...verdictLine(deal),
        ...(short || competitor === null ? [] : [line(`${against(deal)}: ${cut(competitor, 400)}`)]),
        line(...standing),
        ...(decision === null || deal.stage === 'awaiting_decision' ? [] : [line(...decidedParts(decision))]),
        line(...handledBy(deal)),
        ...reason.lines,
      ),
      buttons(...rootButtons(deal), ...reason.buttons),
    ],
  };
}

function handledBy({ rep, verdict, removed }: Deal): Part[] {
  if (removed !== null)
    return [{ user: removed.by ?? rep }, " took it off the list. It won't count anywhere."];
  const traits = traitsOf(verdict);
  return [{ user: rep }, traits?.isReached === true && traits.isLoss ? ' asked.' : ' is on it.'];
}

/** Nothing is lost to anybody while it may be won back, or once it was. */
function against({ stage, outcome }: Deal): string {
  const rescue = stage === 'awaiting_decision' || stage === 'winning_back' || stage === 'withdrawn';
  return rescue || outcome?.kind === 'won_back' ? 'Against' : 'Lost to';
}

/** How the call ended, unless the stage says just that. */
function verdictLine(deal: Deal): RichPiece[] {
  if (deal.verdict === null || !VERDICT_TRAITS[deal.verdict].isReached) return [];
  const label = VERDICT_LABELS[deal.verdict];
  return deal.stage === 'closed' && closing(deal) === `${label}.` ? [] : [line(label)];
}

/** The stage, with its time where there is one. Nobody is mentioned: the root alerts nobody but the rep. */
function standingParts(deal: Deal): Part[] {
  switch (deal.stage) {
    case 'awaiting_decision':
      return deal.ask === null
        ? [{ bold: STAGE_LABELS.awaiting_decision }]
        : [{ bold: STAGE_LABELS.awaiting_decision }, ', due ', { date: stationOf(deal.ask).answerBy }];
    case 'coaching':
      if (deal.position !== null) return [{ bold: STAGE_LABELS.coaching }];
      return deal.nextTryAt === null
        ? [{ bold: VERDICT_LABELS.unreached }]
        : [{ bold: VERDICT_LABELS.unreached }, ', next try ', { date: deal.nextTryAt }];
    case 'winning_back':
    case 'calling_back':
      return [
        { bold: STAGE_LABELS[deal.stage] },
        ...(deal.signedReportedAt === null ? [] : [', they signed with the other company']),
        ...(deal.outcome?.kind === 'verbal_yes'
          ? [`, they said yes and sign on ${weekdayAndDate(deal.outcome.signsOn)}`]
          : []),
        ...(deal.remindAt === null ? [] : [', next look ', { date: deal.remindAt }]),
      ];
    case 'closed':
      return [{ bold: STAGE_LABELS.closed }, `. ${closing(deal)}`];
    case 'withdrawn':
      return [{ bold: deal.removed === null ? STAGE_LABELS.withdrawn : NOT_LOST }];
  }
}

function rootButtons(deal: Deal): ButtonOptions[] {
  const rescue = deal.stage === 'awaiting_decision' || deal.stage === 'winning_back';
  const open = deal.stage !== 'closed' && deal.stage !== 'withdrawn';
  return [
    detailsButton(deal),
    ...(open && !deal.filledIn ? [fillInButton(deal)] : []),
    ...(rescue && deal.signedReportedAt === null ? [theySignedButton(deal)] : []),
  ];
}
