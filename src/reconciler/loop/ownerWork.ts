/** The work on one claimed deal or notice: a pass over it, and its release with the result. */
import { LRUCache } from 'lru-cache';
import type { Claim } from '../../store/store';
import { hasAnotherChannel } from '../pass/dealPass';
import { type Lease, PassEnded } from '../pass/lease';
import { passOver } from '../pass/pass';
import { ownerFacts, ownerKey, type Shared } from '../pass/passContext';
import type { PassResult } from '../pass/passResult';
import { TRIES_BEFORE_PARKED } from '../pass/retryState';
import type { WaitingOwners } from './waitingOwners';

/** Pause before a deal is ticked again whose tick changed nothing although it was due. */
const IDLE_TICK_PAUSE_MS = 60_000;

/** A deal whose tick changed nothing is due again at once, so a few recent ones suffice. */
const MOST_TICKED = 1_000;

/** Why a deal is parked whose every process died. */
const KILLS = 'killed_its_process';

/** The error's code, else its name; never its message, which may quote customers. */
function nameOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'unknown';
  const { code, name } = error as { code?: unknown; name?: unknown };
  return typeof code === 'string' ? code : typeof name === 'string' ? name : 'unknown';
}

/** @returns a function that never rejects: it logs a failure, and the deal is tried again */
export function createOwnerWork(
  shared: Shared,
  waiting: WaitingOwners,
): (claim: Claim, lease: Lease) => Promise<void> {
  const { deps, timing } = shared;
  /** The last wake that each deal was ticked for; finds ticks that change nothing. */
  const ticked = new LRUCache<string, number>({ max: MOST_TICKED });

  async function conclude(claim: Claim, result: PassResult): Promise<void> {
    if (result.kind === 'later') {
      const { at, why, forPerson, parked } = result;
      waiting.putOff(claim, result);
      const how = { dirty: result.touch, tried: result.with.revision };
      if (parked) await deps.work.park(claim, at, why, how);
      else await deps.work.retryAt(claim, at, why, { ...how, inOrder: true });
      // Finds a channel that was chosen during the pass. A later choice ends the wait by itself.
      if (forPerson && (await hasAnotherChannel(shared, claim, result.with))) {
        await deps.work.touch(claim.tenant, claim.owner.id);
      }
      return;
    }
    waiting.forgetRetryState(claim);
    await deps.crashPoint?.('finish.before');
    if (wokeForNothing(claim)) {
      const at = deps.clock.now() + IDLE_TICK_PAUSE_MS;
      const why = 'due_for_nothing';
      deps.logger.warn(ownerFacts(claim), 'a deal is due but has nothing to record');
      waiting.putOff(claim, { at, why, forPerson: true, parked: false });
      await deps.work.retryAt(claim, at, why);
      return;
    }
    if (result.kind === 'done') await deps.work.finish(claim, result.revision);
    else await erase(claim, result.revision);
    await deps.crashPoint?.('finish.after');
  }

  /** Until it is erased the deal stays dirty, so that another process goes on after the death of this one. */
  async function erase(claim: Claim, revision: number): Promise<void> {
    shared.lastShown.delete(ownerKey(claim));
    if (await deps.work.erase(claim, revision)) {
      deps.logger.info(ownerFacts(claim), 'a call without an answer was erased');
      return;
    }
    // It changed during the pass, so the next pass shows it as it is now.
    await deps.work.retryAt(claim, deps.clock.now(), 'changed', { inOrder: true, tried: revision });
  }

  /** True if it is due at the same time that it was ticked for before. */
  function wokeForNothing(claim: Claim): boolean {
    const key = ownerKey(claim);
    const { wakeAt } = claim;
    if (wakeAt === null || wakeAt > deps.clock.now()) {
      ticked.delete(key);
      return false;
    }
    const again = ticked.get(key) === wakeAt;
    ticked.set(key, wakeAt);
    return again;
  }

  /**
   * Handles a pass that threw, for a failure of the store, of the renderer or a fault of ours. Retries come ever more
   * slowly, and after `TRIES_BEFORE_PARKED` the deal is parked. Attempts of earlier processes count, so that a restart
   * does not begin anew.
   */
  async function postpone(claim: Claim, error: unknown): Promise<void> {
    const failures = waiting.countFailure(claim);
    deps.logger.error(
      { ...ownerFacts(claim), err: error, failures: failures + 1 },
      'a deal could not be brought to Slack',
    );
    const why = nameOf(error);
    // A record that cannot be read is a fault of this deal; any other error of the store concerns all deals.
    const ownFault = !why.startsWith('store_') || why === 'store_unreadable';
    const parked = ownFault && Math.max(failures, claim.attempts) >= TRIES_BEFORE_PARKED;
    const pauseMs = Math.min(timing.backoffMaxMs, timing.backoffMs * 2 ** failures);
    await giveBack(claim, pauseMs, why, parked);
  }

  /** Releases it for a retry after the pause; an admin's retry or a change of the deal comes before that. */
  async function giveBack(claim: Claim, pauseMs: number, why: string, parked: boolean): Promise<void> {
    const at = deps.clock.now() + pauseMs;
    try {
      if (parked) await deps.work.park(claim, at, why, { dirty: true });
      else await deps.work.retryAt(claim, at, why, { dirty: true });
      waiting.putOff(claim, { at, why, forPerson: true, parked });
    } catch (error) {
      // The lease expires by itself.
      shared.storeFailing = true;
      deps.logger.error(
        { err: error },
        'the store does not answer; a deal stays leased until its lease ends',
      );
    }
  }

  return async (claim, lease) => {
    waiting.takeUp(claim);
    if (claim.orphaned && claim.attempts >= TRIES_BEFORE_PARKED) {
      deps.logger.error(
        { ...ownerFacts(claim), deaths: claim.attempts },
        'a deal seems to kill its process; it is set aside',
      );
      await giveBack(claim, timing.backoffMaxMs, KILLS, true);
      return;
    }
    try {
      await conclude(claim, await passOver(shared, claim, lease, waiting.retryStateOf(claim)));
    } catch (error) {
      if (error instanceof PassEnded) {
        deps.logger.debug({ ...ownerFacts(claim), why: error.reason }, 'pass ended');
        return;
      }
      await postpone(claim, error);
    }
  };
}
