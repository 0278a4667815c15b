/** What every listener gets: who acted, in which workspace, and a log that names the request. */
import { randomBytes } from 'node:crypto';
import type { Coach, Who } from '../../coach/context';
import type { DealId, Tenant } from '../../deal/model/deal';
import type { Logger } from '../../log';
import type { BackgroundTasks } from '../bolt/backgroundTasks';
import type { Installations } from '../install/installations';
import type { EnsurePeople } from '../install/people';
import type { Homes } from './homes';

export interface SlackDeps {
  readonly coach: Coach;
  readonly installations: Installations;
  readonly ensurePeople: EnsurePeople;
  readonly logger: Logger;
  /** Extras that no ack waits for. */
  readonly backgroundTasks: BackgroundTasks;
  readonly homes: Homes;
  /** A message of ours turned up for a slot that stands elsewhere: a post whose reply was lost and was repeated. */
  readonly duplicateSeen: (tenant: Tenant, dealId: DealId, slot: string, ts: string) => Promise<void>;
}

export interface Request {
  readonly who: Who;
  /** Shown to a person when something failed, and on every log line of this request. */
  readonly requestId: string;
  readonly log: Logger;
}

/** The fields Slack's payloads use to say who acted (names differ by surface; listeners map them). */
export interface Origin {
  readonly teamId: string | undefined;
  readonly enterpriseId: string | undefined;
  readonly userId: string;
  /** Home workspace of the person, when the payload tells. */
  readonly userTeamId: string | undefined;
  /** Same for a repeated delivery: `trigger_id` or `event_id`. */
  readonly key: string | undefined;
  readonly surface: string;
  /** The deal of the screen or button, where there is one; for the log. */
  readonly dealId?: string | undefined;
}

/** Null when the workspace has not installed the app. */
export function requestOf(deps: SlackDeps, origin: Origin): Request | null {
  const installation = deps.installations.find(origin.teamId ?? '', origin.enterpriseId);
  if (installation === null) {
    deps.logger.warn(
      { team: origin.teamId, requestId: newRequestId(), surface: origin.surface },
      'no installation for this workspace',
    );
    return null;
  }
  const { tenant } = installation;
  let requestId: string | undefined;
  let log: Logger | undefined;
  const home = origin.userTeamId ?? origin.teamId ?? tenant.teamId;
  return {
    who: {
      tenant,
      userId: origin.userId,
      // Inside one Enterprise organisation a person's team may differ; the organisation is what counts.
      teamId:
        tenant.enterpriseId !== '' && origin.enterpriseId === tenant.enterpriseId ? tenant.teamId : home,
      ...(origin.key === undefined ? {} : { delivery: origin.key }),
    },
    // Nearly all go well and need neither: what they cost is spent when something is to be told.
    get requestId() {
      requestId ??= newRequestId();
      return requestId;
    },
    get log() {
      log ??= deps.logger.child({
        requestId: this.requestId,
        team: tenant.teamId,
        user: origin.userId,
        surface: origin.surface,
        ...(origin.dealId === undefined ? {} : { deal: origin.dealId }),
      });
      return log;
    },
  };
}

const newRequestId = (): string => randomBytes(4).toString('hex');
