/** Channels and direct messages: how private a channel is, joining it, inviting a manager, opening a DM. */
import type { KnownChannel, Privacy } from '../../store/store';
import type { PassContext } from './passContext';

export interface Confidence {
  readonly privacy: Privacy;
  /**
   * When Slack may answer, ms UTC, if it could not yet; messages until then would say too little. Null: it is known.
   */
  readonly unsureUntil: number | null;
}

/** How much a thread may say in a channel: `short` if Slack refuses to say who can read it. */
export async function privacyOf(pass: PassContext, channel: string): Promise<Confidence> {
  const { workspace } = pass.deps;
  const { tenant } = pass.claim;
  const known = await workspace.channel(tenant, channel);
  const privacy = known === null ? 'short' : privacyIn(known, pass.slack.publicThreads);
  const stale = known === null || pass.now() - known.fetchedAt > pass.timing.channelTtlMs;
  if (!stale) return { privacy, unsureUntil: null };
  const key = `#info ${channel}`;
  const inAMoment = pass.now() + pass.timing.backoffMs;
  if (!(await pass.admit(key, 'conversations.info', channel))) {
    const turn = pass.retryState.held({ key, inThread: false, hash: null })?.until ?? inAMoment;
    return { privacy, unsureUntil: known === null ? turn : null };
  }
  const sent = await pass.send('conversations.info', channel, () =>
    pass.slack.client.conversations.info({ channel }),
  );
  if (!sent.ok) {
    const { code, policy, retryAfterMs } = sent.failure;
    pass.log('warn', { channel, code }, 'could not learn about a channel');
    const passes = policy === 'retry' || policy === 'rate_limited';
    const again = Math.max(inAMoment, pass.now() + retryAfterMs);
    return { privacy, unsureUntil: known === null && passes ? again : null };
  }
  const learned = pass.deps.knownChannel(channel, sent.value.channel ?? {}, pass.now());
  await workspace.saveChannel(tenant, learned);
  return { privacy: privacyIn(learned, pass.slack.publicThreads), unsureUntil: null };
}

/** A team's choice for public channels never holds for one that people of another company read. */
const privacyIn = ({ isPrivate, isShared }: KnownChannel, publicThreads: Privacy = 'short'): Privacy =>
  isShared ? 'short' : isPrivate ? 'full' : publicThreads;

/** @returns false if the app could not join */
export async function joinChannel(pass: PassContext, key: string, channel: string): Promise<boolean> {
  // A refusal right after joining has another cause than membership.
  const memoKey = `joined ${pass.tenantKey} ${channel}`;
  if (isRemembered(pass, memoKey)) return false;
  // The slot waits for its turn, and the next pass joins.
  if (!(await pass.admit(key, 'conversations.join', channel))) return true;
  const sent = await pass.send('conversations.join', channel, () =>
    pass.slack.client.conversations.join({ channel }),
  );
  if (sent.ok) {
    remember(pass, memoKey, pass.timing.slowRetryMs);
    pass.log('info', { channel }, 'joined the channel');
  }
  return sent.ok;
}

/** How long an invitation counts; the manager may leave the channel later. */
const INVITED_FOR_MS = 24 * 60 * 60_000;

/**
 * Invites the manager to the thread's channel before the ask is posted, so that they can read it there. If that fails
 * the ask is posted all the same: its DM copy reaches the manager.
 */
export async function inviteManager(pass: PassContext, key: string, channel: string): Promise<void> {
  const { ask } = pass.owner;
  // The key of an ask names the event that addressed it, which may be an escalation.
  const event = key.split(':')[1];
  const later = ask?.escalations.find(({ id }) => String(id) === event)?.to;
  const approver = String(ask?.approval?.id) === event ? ask?.approval?.approver : undefined;
  const manager = later?.kind === 'person' ? later.userId : (approver ?? ask?.manager ?? null);
  if (manager === null) return;
  const memoKey = `invited ${pass.tenantKey} ${channel} ${manager}`;
  if (isRemembered(pass, memoKey) || !(await isDescribed(pass, manager))) return;
  if (!(await pass.admit(`#invite ${key}`, 'conversations.invite', channel))) return;
  const sent = await pass.send('conversations.invite', channel, () =>
    pass.slack.client.conversations.invite({ channel, users: manager }),
  );
  if (sent.ok || !sent.failure.transport) remember(pass, memoKey, INVITED_FOR_MS);
  if (!sent.ok && sent.failure.code !== 'already_in_channel') {
    pass.log('info', { channel, code: sent.failure.code }, 'the manager could not be invited to the channel');
  }
}

const isDescribed = async ({ deps, claim }: PassContext, user: string): Promise<boolean> =>
  deps.isDescribed === undefined || deps.isDescribed(claim.tenant, user);

export type OpenedDm =
  | { readonly ok: true; readonly channel: string }
  /** The slot is held or dropped. */
  | { readonly ok: false };

/** The DM with a person, from the store if known; `afresh` opens it again. */
export async function openDm(
  pass: PassContext,
  key: string,
  user: string,
  options: { readonly afresh: boolean },
): Promise<OpenedDm> {
  const { workspace } = pass.deps;
  const { tenant } = pass.claim;
  const known = options.afresh ? null : await workspace.dmChannel(tenant, user);
  if (known !== null) return { ok: true, channel: known };
  if (!(await isDescribed(pass, user))) {
    pass.failed(key, { code: 'person_not_described', outage: false });
    return { ok: false };
  }
  if (!(await pass.admit(key, 'conversations.open', user))) return { ok: false };
  const sent = await pass.send('conversations.open', user, () =>
    pass.slack.client.conversations.open({ users: user }),
  );
  const channel = sent.ok ? sent.value.channel?.id : undefined;
  if (channel !== undefined) {
    await workspace.saveDmChannel(tenant, user, channel);
    return { ok: true, channel };
  }
  const code = sent.ok ? 'no_channel' : sent.failure.code;
  switch (sent.ok ? 'retry' : sent.failure.policy) {
    case 'person_unreachable':
      await pass.refuse(key, code);
      break;
    case 'installation_unusable':
      pass.retryState.installationUnusable(code);
      break;
    case 'rate_limited':
      // Without Retry-After the slot waits for its bucket at the next admission.
      pass.retryState.wait(key, pass.now() + (sent.ok ? 0 : sent.failure.retryAfterMs));
      break;
    default:
      pass.log('warn', { slot: key, code }, 'could not open a direct message');
      pass.failed(key, { code, outage: !sent.ok && sent.failure.outage });
  }
  return { ok: false };
}

function isRemembered(pass: PassContext, memoKey: string): boolean {
  const until = pass.shared.remembered.get(memoKey);
  if (until !== undefined && until <= pass.now()) pass.shared.remembered.delete(memoKey);
  return until !== undefined && until > pass.now();
}

function remember(pass: PassContext, memoKey: string, forMs: number): void {
  pass.shared.remembered.set(memoKey, pass.now() + forMs);
}
