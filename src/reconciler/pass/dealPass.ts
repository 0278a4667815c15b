/**
 * One pass over one claimed deal: what is due by the clock is recorded, the deal is rendered, and Slack is made to
 * show it, one operation at a time, planning anew after each.
 */
import { askedSoFar } from '../../deal/asking/stations';
import type { Deal, UserId } from '../../deal/model/deal';
import type { Claim, Privacy, StoredSlot } from '../../store/store';
import type { WantedSlot } from '../types';
import { channelNotices } from './channelNotice';
import { contentHash } from './contentHash';
import { type Confidence, privacyOf } from './conversations';
import { editSlot } from './editSlot';
import { type Lease, PassEnded } from './lease';
import { lookUpSlot } from './lookUp';
import { dealKey, PassContext, type Shared } from './passContext';
import { type Hold, isFrozen, isOpen, type LastShown, type Operation, plan } from './plan';
import { postSlot } from './postSlot';
import type { RetryState } from './retryState';

export type PassResult =
  /** Slack shows this revision. */
  | { readonly kind: 'done'; readonly revision: number }
  | {
      readonly kind: 'later';
      readonly at: number;
      /** A code, safe to log. */
      readonly why: string;
      /** Waits for a person, not for time. */
      readonly forPerson: boolean;
      /** A message was refused again and again, for a fault of ours. */
      readonly parked: boolean;
      /** Has to be marked dirty to be taken up again: nothing changed since its last rendering. */
      readonly touch: boolean;
      /** What it was tried with: the deal, and where its thread was to begin. */
      readonly with: { readonly revision: number; readonly channel: string | null };
    };

/** More than any thread needs; a pass that goes on longer is going round in circles. */
const MAX_OPERATIONS = 200;

export async function passOver(
  shared: Shared,
  claim: Claim,
  lease: Lease,
  retryState: RetryState,
): Promise<PassResult> {
  const { deps } = shared;
  const { tenant, dealId } = claim;
  shared.counts.passes += 1;
  await deps.crashPoint?.('claimed');
  const deal = await upToDate(shared, claim);
  // Erased since; there is nothing to show.
  if (deal === null) return { kind: 'done', revision: claim.renderedRevision };
  const frozen = isFrozen(deal, claim.renderedRevision);
  if (frozen && !(await mayHaveDuplicates(shared, claim))) return { kind: 'done', revision: deal.revision };
  const touch = deal.revision <= claim.renderedRevision;
  const slack = await deps.slackFor(tenant);
  if (slack === null) {
    const at = deps.clock.now() + shared.timing.slowRetryMs;
    const tried = { revision: deal.revision, channel: null };
    return { kind: 'later', at, why: 'not_installed', forPerson: true, parked: false, touch, with: tried };
  }
  // A thread that is held may have been given another place elsewhere, this very second.
  const isHeld = retryState.unusableChannel !== null;
  const place = await deps.threadPlace?.(deal, isHeld ? 'fresh' : undefined);
  const chosen = place ? { ...slack, ...place, channel: place.channel ?? slack.channel } : slack;
  const tried = { revision: deal.revision, channel: chosen.channel };
  retryState.threadGoesTo(chosen.channel);
  const pass = new PassContext(shared, claim, deal, chosen, retryState, lease);
  try {
    const waitUntil = await bringUpToDate(pass, frozen);
    if (waitUntil === null) return { kind: 'done', revision: deal.revision };
    return {
      kind: 'later',
      at: waitUntil,
      why: retryState.parkedFor ?? retryState.reason ?? 'waiting',
      forPerson: retryState.waitsForPerson,
      parked: retryState.parkedFor !== null,
      touch,
      with: tried,
    };
  } catch (error) {
    if (!(error instanceof PassEnded) || error.reason === 'lease_lost') throw error;
    deps.logger.debug({ deal: dealId, team: tenant.teamId, why: error.reason }, 'deal given back');
    return {
      kind: 'later',
      at: deps.clock.now(),
      why: error.reason,
      forPerson: false,
      parked: false,
      touch,
      with: tried,
    };
  }
}

/** Whether the thread of a deal that was put off has another place now than when it was taken up. */
export async function hasAnotherPlace(
  { deps }: Shared,
  { tenant, dealId }: Claim,
  tried: { readonly channel: string | null },
): Promise<boolean> {
  const deal = await deps.loadDeal(tenant, dealId);
  if (deal === null) return false;
  const slack = await deps.slackFor(tenant);
  if (slack === null) return false;
  const place = await deps.threadPlace?.(deal, 'fresh');
  return (place?.channel ?? slack.channel) !== tried.channel;
}

/** The deal with everything recorded that is due by now. */
async function upToDate(shared: Shared, claim: Claim): Promise<Deal | null> {
  const { deps } = shared;
  const { tenant, dealId, wakeAt } = claim;
  const deal = await deps.loadDeal(tenant, dealId);
  if (deal === null) return null;
  await learnPeople(shared, claim, deal);
  if (wakeAt === null || wakeAt > deps.clock.now()) return deal;
  await deps.tick(tenant, dealId);
  await deps.crashPoint?.('ticked');
  return deps.loadDeal(tenant, dealId);
}

/** Without names and time zones a deal still goes on, in UTC; it must not wait for a Slack that does not answer. */
async function learnPeople({ deps }: Shared, { tenant, dealId }: Claim, deal: Deal): Promise<void> {
  try {
    await deps.ensurePeople?.(tenant, peopleOf(deal));
  } catch (error) {
    deps.logger.warn(
      { deal: dealId, team: tenant.teamId, err: error },
      'could not learn about the people of a deal',
    );
  }
}

const peopleOf = (deal: Deal): UserId[] => [
  ...new Set(
    [deal.rep, deal.manager, ...(deal.ask === null ? [] : askedSoFar(deal.ask))].filter((id) => id !== null),
  ),
];

/** A message of a finished thread may turn up twice long after; that is all that is still done about such a deal. */
async function mayHaveDuplicates({ deps }: Shared, claim: Claim): Promise<boolean> {
  const stored = await deps.work.slots(claim.tenant, claim.dealId);
  return stored.some(({ state, intentAt }) => state === 'posted' && intentAt !== null);
}

/**
 * @param frozen nothing is posted or changed any more
 * @returns when something that has to wait can go on; null: Slack shows the deal
 */
async function bringUpToDate(pass: PassContext, frozen: boolean): Promise<number | null> {
  let rendered: Rendered | null = null;
  let before: LastShown | null = null;
  for (let count = 0; count < MAX_OPERATIONS; count++) {
    const stored = await pass.stored();
    rendered = await renderFor(pass, stored, rendered);
    const { retryState } = pass;
    const notices = await channelNotices(pass, (key) => stored.some((slot) => slot.key === key));
    const wanted = [...rendered.slots, ...(await retired(pass, pass.deal, rendered, stored)), ...notices];
    const planned = (lastShown: LastShown | null) =>
      plan({
        wanted: frozen ? [] : wanted,
        stored,
        deal: pass.deal,
        now: pass.now(),
        timing: pass.timing,
        lastShown,
        held: (slot) => retryState.held(slot) ?? (slot.inThread ? unsure(pass, rendered) : null),
      });
    if (before?.privacy !== rendered.privacy) before = null;
    let { operations, waitUntil } = planned(before);
    if (before === null && operations[0]?.do === 'edit') {
      before = await lastShown(pass, rendered.privacy, stored);
      ({ operations, waitUntil } = planned(before));
    }
    const next = operations[0];
    if (next === undefined) {
      if (waitUntil === null && !frozen) remember(pass, rendered.privacy, wanted);
      return waitUntil;
    }
    await perform(pass, next);
  }
  pass.log('error', { operations: MAX_OPERATIONS }, 'a deal needs more operations than its thread can have');
  return pass.now() + pass.timing.slowRetryMs;
}

/** A message is edited because the deal changed, never because a release has other words for it. */
async function lastShown(
  pass: PassContext,
  privacy: Privacy,
  stored: readonly StoredSlot[],
): Promise<LastShown> {
  const { claim, deps } = pass;
  const revision = claim.renderedRevision;
  const known = pass.shared.lastShown.get(dealKey(claim));
  if (known?.revision === revision && known.privacy === privacy) return known;
  const deal = revision === 0 ? null : await deps.loadDealAt(claim.tenant, claim.dealId, revision);
  if (deal === null) return { revision, privacy, hashes: new Map() };
  const slots = await deps.render(deal, privacy);
  const hashes = hashesOf([...slots, ...(await retired(pass, deal, { slots, privacy }, stored))]);
  // For the passes to come while an edit waits for its turn.
  pass.shared.lastShown.set(dealKey(claim), { revision, privacy, hashes });
  return { revision, privacy, hashes };
}

/** The next pass over this deal compares with it. */
function remember(pass: PassContext, privacy: Privacy, wanted: readonly WantedSlot[]): void {
  const { revision } = pass.deal;
  pass.shared.lastShown.set(dealKey(pass.claim), { revision, privacy, hashes: hashesOf(wanted) });
}

const hashesOf = (slots: readonly WantedSlot[]): ReadonlyMap<string, string> =>
  new Map(slots.map((slot) => [slot.key, contentHash(slot)]));

async function perform(pass: PassContext, operation: Operation): Promise<void> {
  switch (operation.do) {
    case 'drop':
      return pass.drop(operation.key, operation.why);
    case 'look_up':
    case 'look_for_duplicate':
      return lookUpSlot(pass, operation);
    case 'post':
      return postSlot(pass, operation);
    case 'edit':
      return editSlot(pass, operation);
  }
}

/** A thread that is begun with too few words would keep them: it waits until it is known who reads it. */
function unsure(pass: PassContext, rendered: Rendered | null): Hold | null {
  const until = rendered?.unsureUntil ?? null;
  return until === null ? null : { until: Math.max(until, pass.now() + 1), alone: false, turn: false };
}

interface Rendered extends Confidence {
  /** Whose privacy the words are fit for. */
  readonly channel: string | null;
  readonly slots: readonly WantedSlot[];
}

/**
 * Renders for the channel the thread is in. A new thread may begin in another one, with other readers, so this is
 * asked before each operation.
 */
async function renderFor(
  pass: PassContext,
  stored: readonly StoredSlot[],
  before: Rendered | null,
): Promise<Rendered> {
  const isOver = before !== null && before.unsureUntil !== null && before.unsureUntil <= pass.now();
  const first = before === null || isOver ? await render(pass, pass.slack.channel) : before;
  const channel = threadChannel(pass, stored);
  return channel === first.channel ? first : render(pass, channel);
}

async function render(pass: PassContext, channel: string | null): Promise<Rendered> {
  const known: Confidence =
    channel === null || pass.slack.publicThreads === 'full'
      ? { privacy: channel === null ? 'short' : 'full', unsureUntil: null }
      : await privacyOf(pass, channel);
  const slots = await pass.deps.render(pass.deal, known.privacy);
  pass.rootKey = slots.find(({ place }) => place.in === 'root')?.key ?? null;
  pass.privacy = known.privacy;
  await pass.at('rendered');
  return { ...known, channel, slots };
}

/** What stands in Slack and is no longer part of the thread: an ask that went to somebody else, say. */
async function retired(
  pass: PassContext,
  deal: Deal,
  { slots, privacy }: Pick<Rendered, 'slots' | 'privacy'>,
  stored: readonly StoredSlot[],
): Promise<readonly WantedSlot[]> {
  const wanted = new Set(slots.map(({ key }) => key));
  const left = stored.filter(({ key, state }) => state === 'posted' && !wanted.has(key));
  return left.length === 0
    ? []
    : pass.deps.renderRetired(
        deal,
        left.map(({ key }) => key),
        privacy,
      );
}

function threadChannel(pass: PassContext, stored: readonly StoredSlot[]): string | null {
  const root = stored.find(({ key }) => key === pass.rootKey);
  const begun = root?.state === 'posted' || (root?.state === 'intended' && root.intentAt !== null);
  // The replies of a closed deal whose root is gone are still beneath it.
  const stays = begun || (root?.state === 'gone' && !isOpen(pass.deal));
  return stays && root.channel !== null ? root.channel : pass.slack.channel;
}
