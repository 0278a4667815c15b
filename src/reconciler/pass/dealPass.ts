/**
 * One pass over one claimed deal: what is due by the clock is recorded, the deal is rendered, and Slack is made to show
 * it.
 */
import { askedSoFar } from '../../deal/asking/stations';
import type { Deal, UserId } from '../../deal/model/deal';
import type { Claim, Privacy, StoredSlot } from '../../store/store';
import type { WantedSlot } from '../types';
import { type Content, hashesOf, type Renderer } from './bringUpToDate';
import { type Confidence, privacyOf } from './conversations';
import type { Lease } from './lease';
import { mayHaveDuplicates, ownerKey, PassContext, type Shared } from './passContext';
import { finishPass, notInstalled, type PassResult } from './passResult';
import { isFrozen, isOpen, type LastShown } from './plan';
import type { RetryState } from './retryState';

export async function passOverDeal(
  shared: Shared,
  claim: Claim,
  lease: Lease,
  retryState: RetryState,
): Promise<PassResult> {
  const { deps } = shared;
  const { tenant } = claim;
  const deal = await upToDate(shared, claim);
  // Erased since; there is nothing to show.
  if (deal === null) return { kind: 'done', revision: claim.renderedRevision };
  const { revision } = deal;
  const frozen = isFrozen(deal, claim.renderedRevision);
  if (frozen && !(await mayHaveDuplicates(shared, claim))) return { kind: 'done', revision };
  const slack = await deps.slackFor(tenant);
  if (slack === null) return notInstalled(shared, claim, revision);
  // A thread that is held may have been given another channel elsewhere, this very second.
  const isHeld = retryState.unusableChannel !== null;
  const place = await deps.threadPlace?.(deal, isHeld ? 'fresh' : undefined);
  const chosen = place ? { ...slack, ...place, channel: place.channel ?? slack.channel } : slack;
  retryState.threadGoesTo(chosen.channel);
  const owner = { revision, isOpen: isOpen(deal), ask: deal.ask };
  const pass = new PassContext(shared, claim, owner, chosen, retryState, lease);
  const result = await finishPass(pass, new DealRenderer(pass, deal, frozen));
  await notifyOfChannel(pass, deal);
  return result;
}

/** Whether the thread of a deal that was put off has another channel now than when the pass tried it. */
export async function hasAnotherChannel(
  { deps }: Shared,
  { tenant, owner }: Claim,
  tried: { readonly channel: string | null },
): Promise<boolean> {
  const deal = owner.kind === 'deal' ? await deps.loadDeal(tenant, owner.id) : null;
  if (deal === null) return false;
  const slack = await deps.slackFor(tenant);
  if (slack === null) return false;
  const place = await deps.threadPlace?.(deal, 'fresh');
  return (place?.channel ?? slack.channel) !== tried.channel;
}

/** The deal with everything recorded that is due by now. */
async function upToDate(shared: Shared, claim: Claim): Promise<Deal | null> {
  const { deps } = shared;
  const { tenant, owner, wakeAt } = claim;
  const deal = await deps.loadDeal(tenant, owner.id);
  if (deal === null) return null;
  await learnPeople(shared, claim, deal);
  if (wakeAt === null || wakeAt > deps.clock.now()) return deal;
  await deps.tick(tenant, owner.id);
  await deps.crashPoint?.('ticked');
  return deps.loadDeal(tenant, owner.id);
}

/** Without names and time zones a deal still goes on, in UTC; it must not wait for a Slack that does not answer. */
async function learnPeople({ deps }: Shared, { tenant }: Claim, deal: Deal): Promise<void> {
  try {
    await deps.ensurePeople?.(tenant, peopleOf(deal));
  } catch (error) {
    deps.logger.warn(
      { deal: deal.id, team: tenant.teamId, err: error },
      'could not learn about the people of a deal',
    );
  }
}

const peopleOf = (deal: Deal): UserId[] => [
  ...new Set(
    [deal.rep, deal.manager, ...(deal.ask === null ? [] : askedSoFar(deal.ask))].filter((id) => id !== null),
  ),
];

/** People hear once that the channel of a thread cannot be used; the reconciler brings them the notices. */
async function notifyOfChannel({ deps, retryState }: PassContext, deal: Deal): Promise<void> {
  const unusable = retryState.unusableChannel;
  if (unusable === null || retryState.isChannelNoticed) return;
  const notices = (await deps.noticesOfChannel?.(deal, unusable.channel)) ?? [];
  for (const { quietMs, ...notice } of notices) await deps.work.addNotice(notice, deps.clock.now(), quietMs);
  retryState.channelNoticed();
}

interface Rendered extends Confidence {
  /** Whose privacy the words are fit for. */
  readonly channel: string | null;
  readonly slots: readonly WantedSlot[];
}

/** Renders for the channel the thread is in: a new thread may begin in another one, with other readers. */
class DealRenderer implements Renderer {
  private rendered: Rendered | null = null;

  constructor(
    private readonly pass: PassContext,
    private readonly deal: Deal,
    /** Nothing is posted or edited any more; where its root is still counts for the look for duplicates. */
    private readonly frozen: boolean,
  ) {}

  async content(stored: readonly StoredSlot[]): Promise<Content> {
    const { slots, privacy, unsureUntil } = await this.renderFor(stored);
    this.pass.rootKey = slots.find(({ place }) => place.in === 'root')?.key ?? null;
    this.pass.privacy = privacy;
    if (this.frozen) return { wanted: [], privacy, unsureUntil };
    const retired = await this.retired(this.deal, slots, privacy, stored);
    return { wanted: [...slots, ...retired], privacy, unsureUntil };
  }

  /** A message is edited because the deal changed, never because a release has other words for it. */
  async lastShown(privacy: Privacy, stored: readonly StoredSlot[]): Promise<LastShown> {
    const { claim, deps, shared } = this.pass;
    const revision = claim.renderedRevision;
    const known = shared.lastShown.get(ownerKey(claim));
    if (known?.revision === revision && known.privacy === privacy) return known;
    const deal = revision === 0 ? null : await deps.loadDealAt(claim.tenant, claim.owner.id, revision);
    if (deal === null) return { revision, privacy, hashes: new Map() };
    const slots = await deps.render(deal, privacy);
    const retired = await this.retired(deal, slots, privacy, stored);
    const shown = { revision, privacy, hashes: hashesOf([...slots, ...retired]) };
    // For the passes to come while an edit waits for its turn.
    shared.lastShown.set(ownerKey(claim), shown);
    return shown;
  }

  shown({ privacy, wanted }: Content): void {
    if (this.frozen) return;
    const { revision } = this.deal;
    const shown = { revision, privacy, hashes: hashesOf(wanted) };
    this.pass.shared.lastShown.set(ownerKey(this.pass.claim), shown);
  }

  private async renderFor(stored: readonly StoredSlot[]): Promise<Rendered> {
    const before = this.rendered;
    const isOver = before !== null && before.unsureUntil !== null && before.unsureUntil <= this.pass.now();
    const first = before === null || isOver ? await this.render(this.pass.slack.channel) : before;
    const channel = this.threadChannel(first.slots, stored);
    this.rendered = channel === first.channel ? first : await this.render(channel);
    return this.rendered;
  }

  private async render(channel: string | null): Promise<Rendered> {
    const { pass } = this;
    const known: Confidence =
      channel === null || pass.slack.publicThreads === 'full'
        ? { privacy: channel === null ? 'short' : 'full', unsureUntil: null }
        : await privacyOf(pass, channel);
    const slots = await pass.deps.render(this.deal, known.privacy);
    await pass.at('rendered');
    return { ...known, channel, slots };
  }

  /** Last words of what stands in Slack and is no longer part of the thread: an ask that went to somebody else, say. */
  private async retired(
    deal: Deal,
    slots: readonly WantedSlot[],
    privacy: Privacy,
    stored: readonly StoredSlot[],
  ): Promise<readonly WantedSlot[]> {
    const wanted = new Set(slots.map(({ key }) => key));
    const left = stored.filter(({ key, state }) => state === 'posted' && !wanted.has(key));
    if (left.length === 0) return [];
    const keys = left.map(({ key }) => key);
    return this.pass.deps.renderRetired(deal, keys, privacy);
  }

  private threadChannel(slots: readonly WantedSlot[], stored: readonly StoredSlot[]): string | null {
    const rootKey = slots.find(({ place }) => place.in === 'root')?.key;
    const root = stored.find(({ key }) => key === rootKey);
    const begun = root?.state === 'posted' || (root?.state === 'intended' && root.intentAt !== null);
    // The replies of a closed deal whose root is gone are still beneath it.
    const stays = begun || (root?.state === 'gone' && !isOpen(this.deal));
    return stays && root.channel !== null ? root.channel : this.pass.slack.channel;
  }
}
