/**
 * One pass over one claimed deal: records what is due by the clock, renders the deal, and brings Slack up to date.
 */
import { askedSoFar } from '../../deal/asking/stations';
import type { Ask, Deal, UserId } from '../../deal/model/deal';
import type { Claim, Privacy, StoredSlot } from '../../store/store';
import { isOfThread, type WantedSlot } from '../types';
import { type Content, hashesOf, type Renderer } from './bringUpToDate';
import { type Confidence, privacyOf } from './conversations';
import type { Lease } from './lease';
import { mayHaveDuplicates, ownerKey, PassContext, type Shared } from './passContext';
import { finishPass, notInstalled, type PassResult, repNotConfirmed } from './passResult';
import { isFrozen, isOpen, type LastShown } from './plan';
import type { RetryState } from './retryState';

export async function passOverDeal(
  shared: Shared,
  claim: Claim,
  lease: Lease,
  retryState: RetryState,
): Promise<PassResult> {
  const deal = await upToDate(shared, claim);
  // The deal was erased, so there is nothing to show.
  if (deal === null) return { kind: 'done', revision: claim.renderedRevision };
  if (deal.removed?.isErased !== true) return show(shared, claim, lease, retryState, deal);
  // Needs no Slack, which may not have described the rep yet.
  if (!(await hasBegun(shared, claim))) return { kind: 'erase', revision: deal.revision };
  const result = await show(shared, claim, lease, retryState, deal);
  return result.kind === 'done' ? { kind: 'erase', revision: result.revision } : result;
}

async function show(
  shared: Shared,
  claim: Claim,
  lease: Lease,
  retryState: RetryState,
  deal: Deal,
): Promise<PassResult> {
  const { deps } = shared;
  const { tenant } = claim;
  const { revision } = deal;
  const frozen = isFrozen(deal, claim.renderedRevision);
  if (frozen && !(await mayHaveDuplicates(shared, claim)) && !(await mayBeRewritten(shared, claim))) {
    return { kind: 'done', revision };
  }
  const slack = await deps.slackFor(tenant);
  if (slack === null) return notInstalled(shared, claim, revision);
  // Another instance may just have stored a new channel for a thread that is held.
  const isHeld = retryState.unusableChannel !== null;
  const place = await deps.threadPlace?.(deal, isHeld ? 'fresh' : undefined);
  const chosen = place ? { ...slack, ...place, channel: place.channel ?? slack.channel } : slack;
  retryState.threadGoesTo(chosen.channel);
  if ((await deps.isHeldBack?.(deal)) && !(await hasBegun(shared, claim))) {
    return repNotConfirmed(shared, claim, { revision, channel: chosen.channel, age: ageOf(shared, deal) });
  }
  const owner = { revision, isOpen: isOpen(deal), ask: deal.ask };
  const pass = new PassContext(shared, claim, owner, chosen, retryState, lease);
  const result = await finishPass(pass, new DealRenderer(pass, deal, frozen));
  await notifyOfChannel(pass, deal);
  return result;
}

async function mayBeRewritten({ deps }: Shared, { tenant, owner }: Claim): Promise<boolean> {
  return (await deps.work.slots(tenant, owner)).some(saysAll);
}

/** True if a message says everything, or if a sweep suspects it of one that no release has noted. */
const saysAll = ({ state, hash, shows }: StoredSlot): boolean =>
  state === 'posted' && (shows === null ? hash === null : shows.privacy === 'full');

const ageOf = ({ deps }: Shared, { startedAt }: Deal): number => deps.clock.now() - startedAt;

const hasBegun = async ({ deps }: Shared, { tenant, owner }: Claim): Promise<boolean> =>
  (await deps.work.slots(tenant, owner)).length > 0;

/** True if the thread of a deal has another channel than the one that the pass tried. */
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

/** The deal after a tick, if one is due; null: the deal is erased. */
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

/**
 * Loads names and time zones. Without them the deal goes on in UTC, since it must not wait for a Slack that does not
 * answer.
 */
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

/** Also those whom the thread only names. */
const peopleOf = (deal: Deal): UserId[] => [
  ...new Set(
    [deal.rep, deal.manager, ...(deal.ask === null ? [] : peopleIn(deal.ask))].filter((id) => id != null),
  ),
];

const peopleIn = (ask: Ask): (UserId | null | undefined)[] => [
  ...askedSoFar(ask),
  ask.standsFor?.manager,
  ask.approval?.standsFor?.manager,
  ask.approval?.insteadOf,
  ...ask.escalations.map(({ left }) => left),
  ...ask.questions.map(({ by }) => by),
  ...ask.decisions.map(({ by }) => by),
];

/** Stores the notices that the thread's channel cannot be used, once for each channel; the reconciler posts them. */
async function notifyOfChannel({ deps, retryState }: PassContext, deal: Deal): Promise<void> {
  const unusable = retryState.unusableChannel;
  if (unusable === null || retryState.isChannelNoticed) return;
  const notices = (await deps.noticesOfChannel?.(deal, unusable.channel)) ?? [];
  for (const { quietMs, ...notice } of notices) await deps.work.addNotice(notice, deps.clock.now(), quietMs);
  retryState.channelNoticed();
}

/** Of a finished thread, only what says too much for its readers is edited. `overtaken`: nothing is posted for it. */
function rewritten(wanted: readonly WantedSlot[], stored: readonly StoredSlot[]): WantedSlot[] {
  const keys = new Set(stored.filter(saysAll).map(({ key }) => key));
  return wanted
    .filter(({ key, place }) => isOfThread(place) && keys.has(key))
    .map((slot) => ({ ...slot, overtaken: true }));
}

interface Rendered extends Confidence {
  /** The channel for whose readers it was rendered; null: none is chosen. */
  readonly channel: string | null;
  readonly slots: readonly WantedSlot[];
}

/** Renders for the readers of the thread's channel. A new thread may be in another channel, with other readers. */
class DealRenderer implements Renderer {
  private rendered: Rendered | null = null;

  constructor(
    private readonly pass: PassContext,
    private readonly deal: Deal,
    /** Nothing is posted or edited; only the search for duplicates still needs the root. */
    private readonly frozen: boolean,
  ) {}

  async content(stored: readonly StoredSlot[]): Promise<Content> {
    const { slots, privacy, unsureUntil } = await this.renderFor(stored);
    this.pass.rootKey = slots.find(({ place }) => place.in === 'root')?.key ?? null;
    this.pass.privacy = privacy;
    if (this.frozen && privacy === 'full') return { wanted: [], privacy, unsureUntil: null };
    const wanted = await this.withOthers(this.deal, slots, privacy, stored);
    return { wanted: this.frozen ? rewritten(wanted, stored) : wanted, privacy, unsureUntil };
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
    const wanted = await this.withOthers(deal, slots, privacy, stored);
    const shown = { revision, privacy, hashes: hashesOf(wanted) };
    // For the next passes, while an edit waits for its turn.
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
      channel === null ? { privacy: 'short', unsureUntil: null } : await privacyOf(pass, channel);
    const slots = await pass.deps.render(this.deal, known.privacy);
    await pass.at('rendered');
    return { ...known, channel, slots };
  }

  /**
   * The slots with mentions in the thread for refused direct messages, and the last words of posted messages that have
   * left the thread, such as an ask that went to somebody else.
   */
  private async withOthers(
    deal: Deal,
    slots: readonly WantedSlot[],
    privacy: Privacy,
    stored: readonly StoredSlot[],
  ): Promise<readonly WantedSlot[]> {
    const { deps } = this.pass;
    const refused = stored.filter(({ state }) => state === 'refused').map(({ key }) => key);
    const mentions =
      refused.length === 0 ? [] : ((await deps.renderUnreached?.(deal, refused, privacy)) ?? []);
    const all = [...slots, ...mentions];
    const wanted = new Set(all.map(({ key }) => key));
    const left = stored.filter(({ key, state }) => state === 'posted' && !wanted.has(key));
    const keys = left.map(({ key }) => key);
    return left.length === 0 ? all : [...all, ...(await deps.renderRetired(deal, keys, privacy))];
  }

  private threadChannel(slots: readonly WantedSlot[], stored: readonly StoredSlot[]): string | null {
    const rootKey = slots.find(({ place }) => place.in === 'root')?.key;
    const root = stored.find(({ key }) => key === rootKey);
    const begun = root?.state === 'posted' || (root?.state === 'intended' && root.intentAt !== null);
    // The replies of a closed deal stay beneath their root, even a deleted one.
    const stays = begun || (root?.state === 'gone' && !isOpen(this.deal));
    return stays && root.channel !== null ? root.channel : this.pass.slack.channel;
  }
}
