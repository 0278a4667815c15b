import type { KnownBlock } from '@slack/types';
import { owesOutcome } from '../../deal/decide/outcome';
import type { Deal, Nudge } from '../../deal/model/deal';
import { ACTIONS } from '../ids';
import {
  account,
  assignManagerButton,
  buttons,
  callBackAt,
  currentDecision,
  decisionButtons,
  line,
  outcomeButtons,
  type Part,
  type RichPiece,
  remindMeButton,
  rich,
  theySignedButton,
  timeLeft,
} from '../text';
import { approvalRow } from './approval';
import { firstLine } from './ask';
import { changeOutcomeButton, reportedParts, words, wordsToGoBack } from './phrases';
import { dm, type RenderContext, type Slot, slot, THREAD } from './slot';

const TO_MANAGER: readonly Nudge['kind'][] = ['half_time', 'deadline'];
const FOLLOW_UPS: readonly Nudge['kind'][] = ['call_back', 'outcome', 'expiry'];

/** Reminders. Each is a message of its own, since only a new message alerts anybody; the latest one counts. */
export function nudgeSlots(deal: Deal, context: RenderContext): Slot[] {
  return deal.nudges.flatMap((nudge) => {
    if (nudge.kind === 'name_manager') return [nameManager(deal, nudge)];
    // Words to hold the line used to come with the deadline's nudge.
    if (nudge.kind === 'holding' || (nudge.kind === 'deadline' && nudge.to === deal.rep)) {
      return [holding(deal, nudge, context)];
    }
    return TO_MANAGER.includes(nudge.kind)
      ? askNudges(deal, nudge, context)
      : [followUp(deal, nudge, context)];
  });
}

function isLatest(deal: Deal, nudge: Nudge, kinds: readonly Nudge['kind'][]): boolean {
  return deal.nudges.findLast(({ kind }) => kinds.includes(kind))?.id === nudge.id;
}

/** True while this nudge is about the ask that is pending now, and about its latest addressee. */
function aboutPendingAsk(deal: Deal, nudge: Nudge): boolean {
  return deal.ask?.status === 'pending' && nudge.id > deal.ask.addressedBy;
}

function askNudges(deal: Deal, nudge: Nudge, { privacy }: RenderContext): Slot[] {
  const { ask } = deal;
  if (ask === null) return [];
  const live = aboutPendingAsk(deal, nudge) && isLatest(deal, nudge, TO_MANAGER);
  const due = nudge.kind === 'deadline';
  const about: Part[] = privacy === 'short' ? [] : [' about ', account(deal)];
  const left = nudge.timeLeftMs === null ? '' : ` ${capital(timeLeft(nudge.timeLeftMs))}:`;
  const threadLine: Part[] = due
    ? [{ user: nudge.to }, ', the time to answer', ...about, ' has come. A decision still helps.']
    : [
        { user: nudge.to },
        `,${left.toLowerCase().replace(/:$/u, '')} to decide`,
        ...about,
        '; answer by ',
        { date: ask.deadline },
        '.',
      ];
  const dmLine: Part[] = due
    ? [
        'The time to answer about ',
        account(deal),
        ' has come. The prospect still waits; a decision still helps.',
      ]
    : [{ bold: left.trim() }, ' ', ...firstLine(deal, ask.deadline)];
  const over: Part[] = [overtakenBy(deal, nudge)];
  const proposed = ask.approval?.approver === nudge.to ? ask.approval : null;
  return [
    slot({
      key: `nudge:${nudge.id}`,
      place: THREAD,
      fallback: threadLine,
      notifies: true,
      overtaken: !live,
      blocks: [rich(line(...threadLine), ...(live ? [] : [line(...over)]))],
    }),
    slot({
      key: `nudge-dm:${nudge.id}:${nudge.to}`,
      place: dm(nudge.to),
      fallback: dmLine,
      notifies: true,
      overtaken: !live,
      blocks: live
        ? [
            rich(line(...dmLine)),
            proposed === null ? buttons(...decisionButtons(deal, ask)) : approvalRow(deal, ask, proposed),
          ]
        : [rich(line(...dmLine), line(...over))],
    }),
  ];
}

function overtakenBy(deal: Deal, nudge: Nudge): string {
  if (aboutPendingAsk(deal, nudge)) return 'A later reminder has taken the place of this one.';
  return waitsStill(deal, nudge) ? 'The ask is with somebody else now.' : 'Settled meanwhile.';
}

/** The ask it is about is pending, whoever it is with. */
function waitsStill({ ask }: Deal, nudge: Nudge): boolean {
  return ask?.status === 'pending' && nudge.id > ask.id;
}

/** The deadline has passed: the rep needs something to say, whoever decides in the end. */
function holding(deal: Deal, nudge: Nudge, { playbook }: RenderContext): Slot {
  const live = waitsStill(deal, nudge);
  const noAnswer: Part[] = ['No decision yet about ', account(deal), '.'];
  const now: Part[] = live ? [' Call them in time, even without the answer. Words that buy some time:'] : [];
  return slot({
    key: `holding:${nudge.id}:${deal.rep}`,
    place: dm(nudge.to),
    fallback: [...noAnswer, ' Here are words to hold the line.'],
    notifies: true,
    overtaken: !live,
    blocks: [
      rich(
        line(...noAnswer, ...now),
        ...(live ? [...wentOn(deal), ...words(deal, playbook, 'holding')] : [line(overtakenBy(deal, nudge))]),
      ),
      ...(live ? [buttons(assignManagerButton(deal), theySignedButton(deal))] : []),
    ],
  });
}

/** Whom the ask went on to, so that the rep knows whom to expect an answer from. */
function wentOn({ ask }: Deal): RichPiece[] {
  const to = ask?.escalations.at(-1)?.to;
  if (to === undefined) return [];
  return to.kind === 'person'
    ? [line('The ask has gone on to ', { user: to.userId }, '.')]
    : [line('The ask has gone on to ', { channel: to.channel }, ', where somebody can take it.')];
}

function nameManager(deal: Deal, nudge: Nudge): Slot {
  const ask = deal.ask;
  const live =
    aboutPendingAsk(deal, nudge) && ask?.manager === null && isLatest(deal, nudge, ['name_manager']);
  const first: Part[] = [
    'Still open: who decides about ',
    account(deal),
    '?',
    ...(live && ask !== null ? [' Answer by ', { date: ask.deadline }, '.'] : []),
  ];
  return slot({
    key: `nudge:${nudge.id}`,
    place: dm(nudge.to),
    fallback: first,
    notifies: true,
    overtaken: !live,
    blocks: live
      ? [
          rich(line(...first)),
          buttons({
            action: ACTIONS.assignManager,
            label: 'Say who decides',
            ref: { deal: deal.id },
            style: 'primary',
          }),
        ]
      : [rich(line(...first), line('Settled meanwhile.'))],
  });
}

/** To the rep: a call is owed, an offer runs out, or how did it go. */
function followUp(deal: Deal, nudge: Nudge, { playbook }: RenderContext): Slot {
  const live = owesOutcome(deal) && isLatest(deal, nudge, FOLLOW_UPS);
  const first = followUpLine(deal, nudge);
  const back = nudge.kind === 'outcome' ? [] : wordsToGoBack(deal, playbook);
  return slot({
    key: `nudge:${nudge.id}`,
    place: dm(nudge.to),
    fallback: first,
    notifies: true,
    overtaken: !live,
    blocks: live
      ? [
          rich(line(...first)),
          ...(back.length === 0 ? [] : [rich(...back)]),
          buttons(...outcomeButtons(deal), remindMeButton(deal)),
        ]
      : settled(deal, nudge, first),
  });
}

/** The latest one says what was reported, where it can be put right. */
function settled(deal: Deal, nudge: Nudge, first: readonly Part[]): KnownBlock[] {
  const reported = isLatest(deal, nudge, FOLLOW_UPS) ? reportedParts(deal) : [];
  return reported.length === 0
    ? [rich(line(...first), line('Settled meanwhile.'))]
    : [rich(line(...first), line(...reported)), buttons(changeOutcomeButton(deal))];
}

function followUpLine(deal: Deal, nudge: Nudge): Part[] {
  const promise = callBackAt(deal);
  const decision = currentDecision(deal.ask);
  switch (nudge.kind) {
    case 'call_back':
      if (deal.signedReportedAt !== null)
        return ['A thank-you call to ', account(deal), ' is still owed. Make no offer.'];
      return promise === null
        ? [account(deal), ' waits for your call.']
        : [account(deal), ' waits for your call; you promised it by ', { date: promise }, '.'];
    case 'expiry': {
      const left = nudge.timeLeftMs === null ? '' : `: ${timeLeft(nudge.timeLeftMs)}`;
      const at = decision === null || decision.kind === 'decline' ? null : decision.expiresAt;
      return at === null
        ? ['Our offer to ', account(deal), ` runs out soon${left}.`]
        : ['Our offer to ', account(deal), ` runs out${left}, until `, { date: at }, '.'];
    }
    default:
      return ['How did it go with ', account(deal), '?'];
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
