import type { KnownBlock } from '@slack/types';
import { owesOutcome } from '../../deal/decide/outcome';
import type { Ask, Deal, Nudge } from '../../deal/model/deal';
import { lacksFacts, offerDueAt } from '../../deal/model/facts';
import { decisionInForce, holdsMeanwhile } from '../../deal/model/inForce';
import { ACTIONS } from '../ids';
import {
  account,
  assignManagerButton,
  buttons,
  callBackAt,
  decisionButtons,
  fillInButton,
  line,
  mailButtons,
  nudgeButton,
  outcomeButtons,
  type Part,
  type RichPiece,
  remindMeButton,
  rich,
  theySayButton,
  theySignedButton,
  timeLeft,
  weekdayAndDate,
} from '../text';
import { approvalRow } from './approval';
import {
  ADDRESSED,
  type Addressed,
  type Message,
  messageKind,
  NUMBERED,
  type Numbered,
  TO_ADDRESSEE,
} from './kind';
import { NO_LONGER, nothingToDecide, toFormerRep } from './lastWords';
import { changeOutcomeButton, reportedParts, words, wordsToGoBack } from './phrases';
import { dm, type RenderContext, THREAD } from './slot';

const TO_MANAGER: readonly Nudge['kind'][] = ['half_time', 'deadline', 'from_rep'];
const FOLLOW_UPS: readonly Nudge['kind'][] = ['call_back', 'outcome', 'expiry'];

/**
 * Reminders. Each is a message of its own, since only a new message alerts anybody; the latest one counts. Those to
 * the manager stand in the thread, the others with the rep.
 */
export const reminder = messageKind({
  kind: 'nudge',
  key: NUMBERED,
  place: ({ nudges }, { id }) => {
    const found = nudges.find((nudge) => nudge.id === id);
    return found === undefined || TO_MANAGER.includes(found.kind) ? THREAD : dm(found.to);
  },
  notifies: true,
  phases: ['thread'],
  messages: (deal, context) =>
    deal.nudges.flatMap((nudge) => {
      if (isHolding(deal, nudge)) return [];
      if (TO_MANAGER.includes(nudge.kind))
        return deal.ask === null ? [] : [askNudge(deal, deal.ask, nudge, context)];
      if (nudge.to !== deal.rep) return [];
      if (nudge.kind === 'name_manager') return [nameManager(deal, nudge)];
      return nudge.kind === 'fill_in' ? [notesMissing(deal, nudge)] : [followUp(deal, nudge, context)];
    }),
  lastWords: (deal, { id }) => {
    const found = deal.nudges.find((nudge) => nudge.id === id);
    return found === undefined || TO_MANAGER.includes(found.kind)
      ? [NO_LONGER]
      : toFormerRep(deal, found.to, [account(deal), ': ', NO_LONGER]);
  },
});

/** The reminder to the manager once more, by direct message. */
export const reminderDm = messageKind({
  kind: 'nudge-dm',
  key: ADDRESSED,
  place: TO_ADDRESSEE,
  notifies: true,
  phases: ['thread'],
  messages: (deal, { repName }) => {
    const { ask } = deal;
    if (ask === null) return [];
    return deal.nudges
      .filter((nudge) => TO_MANAGER.includes(nudge.kind) && !isHolding(deal, nudge))
      .map((nudge) => askNudgeDm(deal, ask, nudge, repName));
  },
  lastWords: (deal) => [account(deal), ': ', nothingToDecide(deal)],
});

/** The deadline has passed: the rep needs something to say, whoever decides in the end. */
export const holdingWords = messageKind({
  kind: 'holding',
  key: ADDRESSED,
  place: TO_ADDRESSEE,
  notifies: true,
  phases: ['thread'],
  messages: (deal, context) =>
    deal.nudges.filter((nudge) => isHolding(deal, nudge)).map((nudge) => wordsToHold(deal, nudge, context)),
  lastWords: (deal, { to }) => toFormerRep(deal, to, [account(deal), ': ', NO_LONGER]),
});

/** In events of earlier releases the words to hold the line come with the deadline's nudge, sent to the rep. */
const isHolding = ({ rep }: Deal, { kind, to }: Nudge): boolean =>
  kind === 'holding' || (kind === 'deadline' && to === rep);

function isLatest(deal: Deal, nudge: Nudge, kinds: readonly Nudge['kind'][]): boolean {
  return deal.nudges.findLast(({ kind }) => kinds.includes(kind))?.id === nudge.id;
}

/** True while this nudge is about the ask that is pending now, and about its latest addressee. */
function aboutPendingAsk(deal: Deal, nudge: Nudge): boolean {
  return deal.ask?.status === 'pending' && nudge.id > deal.ask.addressedBy;
}

function askNudge(deal: Deal, ask: Ask, nudge: Nudge, { privacy }: RenderContext): Message<Numbered> {
  const live = isLive(deal, nudge);
  const about = privacy === 'short' ? null : account(deal);
  const first = toldInThread(deal, ask, nudge, about);
  return {
    key: { id: nudge.id },
    fallback: first,
    overtaken: !live,
    blocks: [rich(line(...first), ...(live ? [] : [line(overtakenBy(deal, nudge))]))],
  };
}

function askNudgeDm(deal: Deal, ask: Ask, nudge: Nudge, repName: string | null): Message<Addressed> {
  const live = isLive(deal, nudge);
  const first = nudge.kind === 'from_rep' ? fromRep(deal, nudge) : reminds(deal, nudge, ask);
  const proposed = ask.approval?.approver === nudge.to ? ask.approval : null;
  return {
    key: { id: nudge.id, to: nudge.to },
    fallback: first,
    overtaken: !live,
    blocks: live
      ? [
          rich(line(...first)),
          proposed === null
            ? buttons(...decisionButtons(deal, ask, repName))
            : approvalRow(deal, ask, proposed),
        ]
      : [rich(line(...first), line(overtakenBy(deal, nudge)))],
  };
}

/**
 * The same for everybody who reads the thread, where the reminder alerts nobody.
 * @param about null: where no name may stand
 */
function toldInThread(deal: Deal, { deadline }: Ask, nudge: Nudge, about: Part | null): Part[] {
  const to: Part = { user: nudge.to };
  switch (nudge.kind) {
    case 'from_rep':
      return [
        { user: nudge.by ?? deal.rep },
        ' asks ',
        to,
        ' for any news',
        ...(about === null ? [] : [' on ', about]),
        '.',
        ...expectsCall(deal, nudge),
      ];
    case 'deadline':
      return [
        ...(about === null ? ["Time's up"] : ["Time's up on ", about]),
        ", but they're still waiting. ",
        to,
        ' has a reminder.',
      ];
    default:
      return [
        about ?? 'This',
        ' still needs an answer from ',
        to,
        ', due ',
        { date: deadline },
        `.${left(nudge)}`,
      ];
  }
}

function reminds(deal: Deal, nudge: Nudge, { deadline }: Ask): Part[] {
  return nudge.kind === 'deadline'
    ? ["Time's up on ", account(deal), ", but they're still waiting. A late answer beats none."]
    : [account(deal), ' still needs your answer, due ', { date: deadline }, `.${left(nudge)}`];
}

/** " 2 hours left." */
const left = ({ timeLeftMs }: Nudge): string =>
  timeLeftMs === null ? '' : ` ${capital(timeLeft(timeLeftMs))}.`;

/** "From @robin: Any news on Acme? They expect a call at 5." */
function fromRep(deal: Deal, nudge: Nudge): Part[] {
  const from: Part = { user: nudge.by ?? deal.rep };
  return ['From ', from, ': Any news on ', account(deal), '?', ...expectsCall(deal, nudge)];
}

function expectsCall(deal: Deal, { timeLeftMs }: Nudge): Part[] {
  const promise = timeLeftMs === null ? null : callBackAt(deal);
  return promise === null ? [] : [' They expect a call ', { date: promise }, '.'];
}

const isLive = (deal: Deal, nudge: Nudge): boolean =>
  aboutPendingAsk(deal, nudge) && isLatest(deal, nudge, TO_MANAGER);

function overtakenBy(deal: Deal, nudge: Nudge): string {
  if (aboutPendingAsk(deal, nudge)) return "There's a later reminder.";
  return waitsStill(deal, nudge) ? 'Somebody else has the ask now.' : 'Settled.';
}

/** The ask it is about is pending, whoever it is with. */
function waitsStill({ ask }: Deal, nudge: Nudge): boolean {
  return ask?.status === 'pending' && nudge.id > ask.id;
}

function wordsToHold(deal: Deal, nudge: Nudge, { playbook, names }: RenderContext): Message<Addressed> {
  const live = waitsStill(deal, nudge);
  const holds = live && holdsMeanwhile(deal);
  const noAnswer: Part[] = holds
    ? ['No new answer on ', account(deal), ' yet, so the earlier one holds.']
    : ['No decision on ', account(deal), ' yet.'];
  const now: Part[] = live ? [" Call them on time anyway. Here's what to say:"] : [];
  const toSay = holds ? wordsToGoBack(deal, playbook) : words(deal, playbook, 'holding');
  return {
    key: { id: nudge.id, to: deal.rep },
    fallback: [...noAnswer, " Here's what to say."],
    overtaken: !live,
    blocks: [
      rich(
        line(...noAnswer, ...now),
        ...(live ? [...wentOn(deal), ...toSay] : [line(overtakenBy(deal, nudge))]),
      ),
      ...(live
        ? [buttons(...nudgeButton(deal, names), assignManagerButton(deal), theySignedButton(deal))]
        : []),
    ],
  };
}

/** Whom the ask went on to, so that the rep knows whom to expect an answer from. */
function wentOn({ ask }: Deal): RichPiece[] {
  const to = ask?.escalations.at(-1)?.to;
  if (to === undefined) return [];
  return to.kind === 'person'
    ? [line('The ask is now with ', { user: to.userId }, '.')]
    : [line('The ask is now with ', { channel: to.channel }, ', and anybody there can take it.')];
}

const needAnswerBy = (date: number): Part[] => [' They need an answer by ', { date, style: 'by' }, '.'];

function nameManager(deal: Deal, nudge: Nudge): Message<Numbered> {
  const ask = deal.ask;
  const live =
    aboutPendingAsk(deal, nudge) && ask?.manager === null && isLatest(deal, nudge, ['name_manager']);
  const first: Part[] = [
    'Who decides about ',
    account(deal),
    '? Nobody is named yet.',
    ...(live && ask !== null ? needAnswerBy(ask.deadline) : []),
  ];
  return {
    key: { id: nudge.id },
    fallback: first,
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
      : [rich(line(...first), line('Settled.'))],
  };
}

/** Somebody decides about it, so that a form saved empty is not enough. */
const needsFacts = ({ ask }: Deal): boolean => ask?.status === 'pending' && ask.sending !== null;

/** The rep wrote nothing down, and the call is still fresh. */
function notesMissing(deal: Deal, nudge: Nudge): Message<Numbered> {
  const missing = needsFacts(deal) ? lacksFacts(deal) : !deal.filledIn;
  const live = missing && deal.removed === null && isLatest(deal, nudge, ['fill_in']);
  const asked = deal.ask?.status === 'pending' ? deal.ask.manager : null;
  const first: Part[] =
    asked === null || !live
      ? [
          'What did ',
          account(deal),
          ' say?',
          ...(live ? [" Write it down while it's fresh, it takes a minute."] : []),
        ]
      : [
          { user: asked },
          ' has your ask about ',
          account(deal),
          ' but not the facts. Add them, it takes a minute.',
        ];
  return {
    key: { id: nudge.id },
    fallback: first,
    overtaken: !live,
    blocks: live
      ? [rich(line(...first)), buttons(fillInButton(deal))]
      : [rich(line(...first), line(!missing ? 'You wrote it down. Thank you.' : NO_LONGER))],
  };
}

/** To the rep: a call is owed, an offer runs out, or how did it go. */
function followUp(deal: Deal, nudge: Nudge, { playbook }: RenderContext): Message<Numbered> {
  const live = owesOutcome(deal) && isLatest(deal, nudge, FOLLOW_UPS);
  const first = followUpLine(deal, nudge);
  const back = nudge.kind === 'outcome' ? [] : wordsToGoBack(deal, playbook);
  const isOffer = nudge.kind === 'call_back' && offerDueAt(deal) !== null;
  return {
    key: { id: nudge.id },
    fallback: first,
    overtaken: !live,
    blocks: live
      ? [
          rich(line(...first)),
          ...(back.length === 0 ? [] : [rich(...back)]),
          ...(isOffer && deal.outcome?.kind === 'no_answer' && deal.remindAt !== null
            ? [rich(line("You sent it. I'll remind you ", { date: deal.remindAt }, '.'))]
            : []),
          buttons(
            ...outcomeButtons(deal).map((it) =>
              isOffer && it.action === ACTIONS.noAnswer ? { ...it, label: 'Sent it' } : it,
            ),
            remindMeButton(deal),
            ...(back.length === 0 ? [] : [theySayButton(deal)]),
            ...(back.length > 0 || deal.ask === null ? mailButtons(deal) : []),
          ),
        ]
      : settled(deal, nudge, first),
  };
}

/** The latest one says what was reported, where it can be put right. */
function settled(deal: Deal, nudge: Nudge, first: readonly Part[]): KnownBlock[] {
  const reported = isLatest(deal, nudge, FOLLOW_UPS) ? reportedParts(deal) : [];
  return reported.length === 0
    ? [rich(line(...first), line('Settled.'))]
    : [rich(line(...first), line(...reported)), buttons(changeOutcomeButton(deal))];
}

function followUpLine(deal: Deal, nudge: Nudge): Part[] {
  const promise = callBackAt(deal);
  const offerDue = offerDueAt(deal);
  const decision = decisionInForce(deal);
  switch (nudge.kind) {
    case 'call_back':
      if (deal.signedReportedAt !== null) return ['Call ', account(deal), ' to say thanks. Make no offer.'];
      if (offerDue !== null)
        return [account(deal), ' expects your offer. You said ', { date: offerDue }, '.'];
      return promise === null
        ? [account(deal), ' is expecting your call.']
        : [account(deal), ' is expecting your call. You said ', { date: promise }, '.'];
    case 'expiry': {
      const left = nudge.timeLeftMs === null ? '' : ` ${capital(timeLeft(nudge.timeLeftMs))}.`;
      const at = decision === null || decision.kind === 'decline' ? null : decision.expiresAt;
      return at === null
        ? ['Our offer to ', account(deal), ` expires soon.${left}`]
        : ['Our offer to ', account(deal), ' expires ', { date: at }, `.${left}`];
    }
    default:
      return deal.outcome?.kind === 'verbal_yes'
        ? [
            account(deal),
            ` said yes and wanted to sign on ${weekdayAndDate(deal.outcome.signsOn)}. Is it signed?`,
          ]
        : ['How did it go with ', account(deal), '?'];
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
