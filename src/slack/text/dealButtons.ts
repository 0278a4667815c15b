/** Buttons of a deal, the same on screens and messages. */

import { askedNow } from '../../deal/asking/stations';
import { mayBeRecordedAfter } from '../../deal/decide/coaching';
import {
  type Approval,
  type Ask,
  type Deal,
  PLEDGE_KEPT,
  type PledgeKept,
  type UserId,
} from '../../deal/model/deal';
import { lacksFacts } from '../../deal/model/facts';
import { tidyName } from '../../deal/model/typed';
import { ACTIONS, type ActionId } from '../ids';
import type { ButtonOptions } from './buttons';
import { cut } from './encode';
import { hopesForMore } from './spoken';

/** Buttons on a screen of many deals, where each label stands many times: they name their deal to people who hear it. */
export function aboutDeal(
  { account }: Pick<Deal, 'account'>,
  row: readonly ButtonOptions[],
): ButtonOptions[] {
  return row.map((options) => ({ ...options, about: account }));
}

/** *Details*, for people who may see the deal. */
export function detailsButton(deal: Deal): ButtonOptions {
  return { action: ACTIONS.details, label: 'Details', ref: { deal: deal.id } };
}

/** *Show all*: the rest, one click away. */
export function showAllButton(deal: Deal): ButtonOptions {
  return { action: ACTIONS.showAll, label: 'Show all', ref: { deal: deal.id, page: 0 } };
}

/** *Resume*, *Log the call* on one screen for a rep who hung up before anything was answered, and the way out. */
export function resumeButtons(deal: Deal): ButtonOptions[] {
  const ref = { deal: deal.id };
  return [
    { action: ACTIONS.resume, label: 'Resume', ref, style: 'primary' },
    ...(mayBeRecordedAfter(deal) ? [{ action: ACTIONS.afterCall, label: 'Log the call', ref }] : []),
    notLostButton(deal),
  ];
}

/** *Not a lost deal*: takes it off every list, so Slack asks to confirm the tap. */
export function notLostButton(deal: Deal): ButtonOptions {
  return {
    action: ACTIONS.notLost,
    label: 'Not a lost deal',
    ref: { deal: deal.id },
    confirm: {
      title: `Remove ${cut(deal.account, LONGEST_NAME)}?`,
      text: "It won't count anywhere.",
      yes: 'Remove it',
      no: 'Keep it',
    },
  };
}

/** Leaves room for the question around it: Slack allows a title of 100 characters. */
const LONGEST_NAME = 80;

/** *Fill in while it's fresh*. */
export function fillInButton(deal: Deal): ButtonOptions {
  return { action: ACTIONS.fillIn, label: "Fill in while it's fresh", ref: { deal: deal.id } };
}

/** *Change who decides*, or *Say who decides* while nobody is named. */
export function assignManagerButton(deal: Deal): ButtonOptions {
  const label = deal.ask?.manager == null ? 'Say who decides' : 'Change who decides';
  return { action: ACTIONS.assignManager, label, ref: { deal: deal.id } };
}

/** Slack takes more, but a longer label is not read at a glance. */
const LABEL_MAX = 24;

/**
 * *Nudge Maya*, for the rep; empty while the ask waits for nobody else.
 * @param names people's full names
 */
export function nudgeButton(deal: Deal, names: ReadonlyMap<UserId, string> = new Map()): ButtonOptions[] {
  const to = askedNow(deal);
  if (to === null || to === deal.rep) return [];
  return [
    {
      action: ACTIONS.nudge,
      label: withName('Nudge', names.get(to) ?? null, 'whoever decides'),
      ref: { deal: deal.id },
    },
  ];
}

/** *Ask Robin*, on a button and over its form; *Ask the rep* where the first name is not known or too long. */
export const askRepLabel = (repName: string | null): string => withName('Ask', repName, 'the rep');

function withName(verb: string, fullName: string | null, otherwise: string): string {
  const [firstName = ''] = tidyName(fullName ?? '').split(' ');
  const label = `${verb} ${firstName === '' ? otherwise : firstName}`;
  return label.length > LABEL_MAX ? `${verb} ${otherwise}` : label;
}

/**
 * *Match it*, *Counter*, *Decline*, *Ask Robin*; the last one comes first while there is nothing to decide by.
 * @param repName null: not known
 */
export function decisionButtons(deal: Deal, ask: Ask, repName: string | null): ButtonOptions[] {
  const ref = { deal: deal.id, ask: ask.id };
  const asks = ask.sending !== null && lacksFacts(deal);
  const askRep: ButtonOptions = {
    action: ACTIONS.askRep,
    label: askRepLabel(repName),
    ref,
  };
  const match: ButtonOptions = { action: ACTIONS.match, label: matchLabel(deal), ref };
  const others: readonly ButtonOptions[] = [
    { action: ACTIONS.counter, label: 'Counter', ref },
    { action: ACTIONS.decline, label: 'Decline', ref },
  ];
  return asks
    ? [{ ...askRep, style: 'primary' }, match, ...others]
    : [{ ...match, style: 'primary' }, ...others, askRep];
}

/** *Give it to them*, where the buyer named no other offer to match. */
export const matchLabel = (deal: Deal): string => (hopesForMore(deal) ? 'Give it to them' : 'Match it');

/** *Approve*, *Change*, *Decline*. */
export function approvalButtons(deal: Deal, ask: Ask, approval: Approval): ButtonOptions[] {
  const ref = { deal: deal.id, ask: ask.id, approval: approval.id };
  return [
    { action: ACTIONS.approve, label: 'Approve', ref, style: 'primary' },
    { action: ACTIONS.changeProposal, label: 'Change', ref },
    { action: ACTIONS.decline, label: 'Decline', ref },
  ];
}

/** *They've signed*: ends the rescue, so Slack asks to confirm the tap. */
export function theySignedButton(deal: Deal): ButtonOptions {
  return {
    action: ACTIONS.theySigned,
    label: "They've signed",
    ref: { deal: deal.id },
    confirm: {
      title: "They've signed?",
      text: 'With the other company. The rescue ends here, and we tell everybody we asked.',
      yes: "They've signed",
    },
  };
}

/** The outcomes for the rep: *Won back*, *Still lost*, *Haven't reached them*; after a verbal yes: *It's signed*. */
export function outcomeButtons(deal: Deal): ButtonOptions[] {
  const ref = { deal: deal.id };
  if (deal.outcome?.kind === 'verbal_yes') {
    return [
      { action: ACTIONS.wonBack, label: "It's signed", ref, style: 'primary' },
      { action: ACTIONS.lost, label: 'Still lost', ref },
    ];
  }
  return [
    { action: ACTIONS.wonBack, label: 'Won back', ref, style: 'primary' },
    { action: ACTIONS.lost, label: 'Still lost', ref },
    { action: ACTIONS.noAnswer, label: "Haven't reached them", ref },
  ];
}

/** *They say…*: what the prospect may answer to the words to go back with. */
export function theySayButton(deal: Deal): ButtonOptions {
  return { action: ACTIONS.theySayBack, label: 'They say…', ref: { deal: deal.id } };
}

const PLEDGE_LABELS: Readonly<Record<PledgeKept, readonly [action: ActionId, label: string]>> = {
  held: [ACTIONS.pledgeHeld, 'Held'],
  partly: [ACTIONS.pledgePartly, 'Partly'],
  broken: [ACTIONS.pledgeBroken, 'Broken'],
  unknown: [ACTIONS.pledgeUnknown, "Don't know"],
};

/** *Held*, *Partly*, *Broken*, *Don't know*: what the prospect says about the winner's word; then *Change*. */
export function pledgeButtons({ id, pledge }: Deal): ButtonOptions[] {
  const ref = { deal: id };
  if (pledge?.answer) return [{ action: ACTIONS.pledgeChange, label: 'Change', ref }];
  return PLEDGE_KEPT.map((kept) => {
    const [action, label] = PLEDGE_LABELS[kept];
    return { action, label, ref };
  });
}

/** *Confirm the reason*, for a manager of a deal that is closed; empty when an earlier release closed it. */
export function confirmReasonButton(deal: Deal): ButtonOptions[] {
  if (deal.stage !== 'closed' || !deal.asksReason) return [];
  const label = deal.confirmedReason === null ? 'Confirm the reason' : 'Change the reason';
  return [{ action: ACTIONS.confirmReason, label, ref: { deal: deal.id } }];
}

/** *Remind me*: moves the next look at a deal. */
export function remindMeButton(deal: Deal): ButtonOptions {
  return { action: ACTIONS.remindMe, label: 'Remind me', ref: { deal: deal.id } };
}
