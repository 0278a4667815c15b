/** The context of every handler: the person who acted, their workspace, and a log that names the request. */
import { randomBytes } from 'node:crypto';
import type { EnvelopedEvent } from '@slack/bolt';
import type { WebClientOptions } from '@slack/web-api';
import { actorFor } from '../../coach/act';
import type { Coach, Who } from '../../coach/context';
import type { Drafts } from '../../coach/drafts';
import type { Tenant } from '../../deal/model/deal';
import type { Logger } from '../../log';
import type { SlotOwner } from '../../store/store';
import type { Channels } from '../install/channels';
import type { Installations } from '../install/installations';
import type { EnsurePeople } from '../install/people';
import type { BackgroundTasks } from './backgroundTasks';
import type { Homes } from './homes';
import type { ScreenOpening } from './screenOpening';

export interface SlackDeps {
  readonly coach: Coach;
  readonly installations: Installations;
  readonly ensurePeople: EnsurePeople;
  readonly channels: Pick<Channels, 'changed'>;
  readonly logger: Logger;
  /** Runs extras that no ack waits for. */
  readonly backgroundTasks: BackgroundTasks;
  readonly homes: Homes;
  /** Makes every call to Slack, including those to a `response_url`. */
  readonly fetch: NonNullable<WebClientOptions['fetch']>;
  readonly drafts: Drafts;
  readonly screenOpening: ScreenOpening;
  /**
   * The message listener calls it when a message of ours appears for a slot that stands elsewhere: the reply to its
   * post was lost, and we posted again.
   */
  readonly duplicateSeen: (tenant: Tenant, owner: SlotOwner, slot: string, ts: string) => Promise<void>;
}

export interface Request {
  readonly deps: SlackDeps;
  readonly coach: Coach;
  readonly who: Who;
  /** The reference that a person sees when something failed; every log line of the request has it. */
  readonly requestId: string;
  readonly log: Logger;
}

/**
 * The person who acted and their workspace, as Slack's payload names them. Field names differ by payload; the caller
 * maps them.
 */
export interface Origin {
  readonly teamId: string | undefined;
  readonly enterpriseId: string | undefined;
  readonly userId: string;
  /** The person's own workspace, when the payload names it. */
  readonly userTeamId: string | undefined;
  /** `trigger_id` or `event_id`: the same when Slack repeats a delivery. */
  readonly deliveryKey: string | undefined;
  /** The command, action id, callback id or event that chose the handler; for the log. */
  readonly handler: string;
  /** The deal that the screen or button names, if any; for the log. */
  readonly dealId?: string | undefined;
}

/**
 * Our workspace in the payload of an event. At its top stands the workspace of a message's author, which may be another
 * one (https://github.com/slackapi/bolt-js/issues/935).
 */
export function workspaceOf({ authorizations, team_id, enterprise_id }: EnvelopedEvent) {
  const [ours] = authorizations ?? [];
  return {
    teamId: ours?.team_id ?? team_id,
    enterpriseId: ours?.enterprise_id ?? enterprise_id,
  };
}

/** Null when the workspace has not installed the app. */
export function requestOf(deps: SlackDeps, origin: Origin): Request | null {
  const installation = deps.installations.find(origin.teamId ?? '', origin.enterpriseId);
  if (installation === null) {
    deps.logger.warn(
      { team: origin.teamId, requestId: newRequestId(), handler: origin.handler },
      'no installation for this workspace',
    );
    return null;
  }
  const { tenant } = installation;
  let requestId: string | undefined;
  let log: Logger | undefined;
  const home = origin.userTeamId ?? origin.teamId ?? tenant.teamId;
  return {
    deps,
    coach: deps.coach,
    who: {
      tenant,
      userId: origin.userId,
      // Within one Enterprise organisation people belong to different teams; the organisation counts.
      teamId:
        tenant.enterpriseId !== '' && origin.enterpriseId === tenant.enterpriseId ? tenant.teamId : home,
      ...(origin.deliveryKey === undefined ? {} : { delivery: origin.deliveryKey }),
    },
    // Built on first use: nearly all requests succeed and need neither id nor log.
    get requestId() {
      requestId ??= newRequestId();
      return requestId;
    },
    get log() {
      log ??= deps.logger.child({
        requestId: this.requestId,
        team: tenant.teamId,
        user: origin.userId,
        handler: origin.handler,
        ...(origin.dealId === undefined ? {} : { deal: origin.dealId }),
      });
      return log;
    },
  };
}

const newRequestId = (): string => randomBytes(4).toString('hex');

/** True when this person's role counts: false for people Slack has not described, and for admins whose role is old. */
export const isConfirmed = async ({ coach, who }: Request): Promise<boolean> =>
  !(await actorFor(coach, who)).needsConfirming;

/** Asks Slack to describe the person who acts: at once if they are new, else when their role is old. */
export const ensureActor = ({ deps, who }: Request): Promise<void> =>
  deps.ensurePeople(who.tenant, [who.userId]);

/** A trigger for a screen lives three seconds; the screen needs the rest of them. */
const CONFIRMED_WITHIN_MS = 1_500;

/** Slack confirms the role of the person who acts, if it answers in time. */
export async function confirmActor(request: Request): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, CONFIRMED_WITHIN_MS);
  });
  await Promise.race([ensureActor(request), late]);
  clearTimeout(timer);
}
