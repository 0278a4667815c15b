import { runStep } from '../api/functions';
import type { Core } from '../core';
import { sendEvent } from '../delivery/events';
import type { SocketMode } from '../delivery/socketMode';
import { ControlRefusal } from '../errors';
import { isObject } from '../json';
import type { AdminAction, Role } from '../protocol';
import type { Channel, Member } from '../workspace/model';
import type { SandboxTime } from '../workspace/sandboxTime';
import type { DeliveryOutcome } from '../workspace/workspace';

const FARTHEST_MOVE_MS = 10 * 366 * 86_400_000;

export interface AdminTools {
  readonly socketMode: SocketMode;
  readonly time: SandboxTime;
  /** Returns to the seed and drops everything pending. */
  readonly reset: () => void;
}

const ROLES: readonly Role[] = ['member', 'admin', 'multi_channel', 'single_channel'];

function channelOf(core: Core, idOrName: string): Channel {
  const name = idOrName.replace(/^#/, '');
  const channel =
    core.workspace.channels.get(idOrName) ??
    [...core.workspace.channels.values()].find(
      (candidate) => candidate.kind !== 'im' && candidate.name === name,
    );
  if (channel === undefined)
    throw new ControlRefusal('channel_not_found', `there is no channel "${idOrName}"`);
  return channel;
}

function personOf(core: Core, idOrName: string): Member {
  const person = core.workspace.findPerson(idOrName);
  if (person === undefined) throw new ControlRefusal('user_not_found', `nobody is called "${idOrName}"`);
  return person;
}

/**
 * Performs an action of an administrator of the workspace, or of Slack itself. Resolves after the deliveries to the
 * app.
 */
export async function administrate(
  core: Core,
  action: AdminAction,
  tools: AdminTools,
): Promise<Record<string, unknown>> {
  const { workspace } = core;
  // Events that name an actor name the first administrator.
  const by = [...workspace.people.values()].find((person) => person.isAdmin)?.id ?? 'USLACKBOT';
  switch (action.do) {
    case 'archive_channel':
      return { delivery: await workspace.archive(channelOf(core, action.channel), action.archived, by) };
    case 'share_channel':
      return { delivery: await workspace.share(channelOf(core, action.channel), action.sharing) };
    case 'delete_channel':
      return { delivery: await workspace.deleteChannel(channelOf(core, action.channel), by) };
    case 'remove_member':
      return {
        delivery: await workspace.leave(channelOf(core, action.channel), personOf(core, action.user).id),
      };
    case 'add_member':
      return {
        delivery: await workspace.join(channelOf(core, action.channel), personOf(core, action.user).id, by),
      };
    case 'deactivate':
      return { delivery: await workspace.deactivate(personOf(core, action.user)) };
    case 'change_role':
      if (!ROLES.includes(action.role))
        throw new ControlRefusal('invalid_role', `the role must be one of ${ROLES.join(', ')}`);
      return { delivery: await workspace.changeRole(personOf(core, action.user), action.role) };
    case 'delete_message': {
      const channel = channelOf(core, action.channel);
      const message = workspace.findMessage(channel, action.ts);
      if (message === undefined)
        throw new ControlRefusal('message_not_found', `there is no message ${action.ts}`);
      return { delivery: await workspace.remove(channel, message) };
    }
    case 'renew_sockets':
      tools.socketMode.renew();
      return {};
    case 'disconnect_sockets':
      tools.socketMode.disconnect(action.reason);
      return {};
    case 'drop_sockets':
      tools.socketMode.drop();
      return {};
    case 'hold_sockets':
      tools.socketMode.hold(action.held);
      return {};
    case 'socket_mode':
      tools.socketMode.setEnabled(action.enabled);
      return {};
    case 'advance_clock':
      if (!Number.isFinite(action.ms)) throw new ControlRefusal('invalid_ms', 'ms must be a number');
      tools.time.advance(action.ms);
      workspace.changes.bump();
      return { now: core.clock() };
    case 'move_clock':
      await moveClock(core, action.to);
      return { now: core.clock() };
    case 'redeliver': {
      const entry = core.traffic.find(action.seq);
      if (entry?.kind !== 'delivery' || !isObject(entry.payload)) {
        throw new ControlRefusal('no_such_delivery', `traffic ${action.seq} is no delivery`);
      }
      const answer = await core.deliverer.resend({
        type: entry.type,
        name: entry.name,
        payload: entry.payload,
      });
      return { delivery: answer.outcome };
    }
    case 'uninstall': {
      core.installation.installed = false;
      workspace.changes.bump();
      const sent = [];
      if (core.manifest.botEvents.has('tokens_revoked')) sent.push(sendTokensRevoked(core));
      if (core.manifest.botEvents.has('app_uninstalled')) {
        sent.push(sendEvent(core, { type: 'app_uninstalled', event_ts: workspace.nextTs() }));
      }
      return { deliveries: await Promise.all(sent) };
    }
    case 'revoke_token':
      core.installation.revoked = true;
      workspace.changes.bump();
      return {
        delivery: core.manifest.botEvents.has('tokens_revoked') ? await sendTokensRevoked(core) : 'none',
      };
    case 'run_step': {
      const { executionId, delivered } = runStep(core, action.callbackId, action.inputs);
      return { executionId, delivery: await delivered };
    }
    case 'step': {
      const execution = core.functions.find(action.executionId);
      if (execution === undefined)
        throw new ControlRefusal('no_such_execution', `there is no execution ${action.executionId}`);
      return { status: execution.status, outputs: execution.outputs, failure: execution.error };
    }
    case 'reset':
      tools.reset();
      return {};
    default:
      throw new ControlRefusal(
        'unknown_action',
        `there is no admin action "${String((action as { do: unknown }).do)}"`,
      );
  }
}

/** @throws ControlRefusal */
async function moveClock({ time, workspace }: Core, to: number): Promise<void> {
  if (!time.isFollowed) throw new ControlRefusal('clock_not_followed', 'no app follows the clock');
  if (time.isMoving) throw new ControlRefusal('clock_is_moving', 'the clock is moving already');
  if (!(to - time.now() <= FARTHEST_MOVE_MS))
    throw new ControlRefusal('too_far', 'the clock moves by ten years at most');
  if (to < time.now()) throw new ControlRefusal('in_the_past', 'the clock only moves forward');
  await time.moveTo(to, () => workspace.changes.bump());
}

/** The event names users, not tokens. It names the bot user for the bot token. */
function sendTokensRevoked(core: Core): Promise<DeliveryOutcome> {
  const { workspace } = core;
  return sendEvent(core, {
    type: 'tokens_revoked',
    tokens: { oauth: [], bot: [workspace.app.botUserId] },
    event_ts: workspace.nextTs(),
  });
}
