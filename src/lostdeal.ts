/**
 * The composition root: config → store → coach → Slack → reconciler → web server. It builds every part by hand and
 * passes in what the part needs. Tests pass in their own clock and ids.
 */
import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { version } from '../package.json';
import { tick } from './coach/act';
import type { Clock, Coach, Ids } from './coach/context';
import { createDigests, type Digests } from './coach/digests';
import { createDrafts } from './coach/drafts';
import { EXPORT, hasFailed, makeExport } from './coach/exporting';
import { createHousekeeping, type Housekeeping } from './coach/housekeeping';
import { askedIn, DIGEST, digestOf, REPORT, reportOf } from './coach/learn';
import { lossesOf, THREE_LOSSES } from './coach/losses';
import { adminsToNotify, namesOf, repNameOf } from './coach/people';
import { keepPlaybooks, PLAYBOOK_WAITS, playbookOf, versionTold } from './coach/playbooks';
import { offersOf } from './coach/remarks';
import { reasonsKnown } from './coach/settings/settings';
import { createSweeps, type Sweeps } from './coach/sweeps';
import { isHeldBack, threadPlace } from './coach/threads';
import type { Config } from './config';
import { askedNow } from './deal/asking/stations';
import { replay } from './deal/evolve/evolve';
import type { Deal, UserId } from './deal/model/deal';
import { startAdminServer } from './http/adminServer';
import { createFrontDoor } from './http/frontDoor';
import { createHealth, type Health, STARTING } from './http/health';
import { createMetrics } from './http/metrics';
import { type Routes, startWebServer } from './http/server';
import { createTemporaryFiles } from './insights/export/temporaryFiles';
import { createProjector, type Projector } from './insights/projector';
import type { Logger } from './log';
import { BUILT_IN_DIR, loadPlaybooks } from './playbook/checking/loader';
import { readProven } from './playbook/checking/proven';
import type { CrashPoint as ReconcilerCrashPoint } from './reconciler/crashPoints';
import { createReconciler, type Reconciler } from './reconciler/loop/reconciler';
import type { LimitSettings } from './reconciler/slackApi/limits';
import { createSlackAccesses, type SlackAccesses } from './reconciler/slackApi/slackAccess';
import { SLACK_ERRORS, TRANSPORT_ERRORS } from './reconciler/slackApi/slackErrors';
import { proxyDispatcher, slackFetch, slackFetchThrough } from './reconciler/slackApi/slackFetch';
import { createUpload } from './reconciler/slackApi/upload';
import { DEFAULT_TIMING, type Timing } from './reconciler/timing';
import { createSlackApp, type SlackApp } from './slack/bolt/app';
import { atStatement, type CrashPoint, withCrashPoints, withFetchPoints } from './slack/bolt/crashPoints';
import { EVENTS_PATH } from './slack/bolt/requests';
import { type Channels, createChannels, knownChannel } from './slack/install/channels';
import { createInstallations } from './slack/install/installations';
import { createEnsurePeople } from './slack/install/people';
import { createBackgroundTasks } from './slack/listeners/backgroundTasks';
import { channelAtStart } from './slack/listeners/channelCheck';
import { createHomes, type Homes } from './slack/listeners/homes';
import { createScreenOpening } from './slack/listeners/screenOpening';
import { digestSlot, lossesSlot } from './slack/messages/digest';
import { exportSlot } from './slack/messages/export';
import { namedInWords, nameInWords } from './slack/messages/inWords';
import {
  adminNotices,
  channelNotices,
  playbookNotices,
  playbookSlot,
  renderNotice,
  sharedNotices,
  versionIn,
} from './slack/messages/notices';
import { renderThread, retiredSlot, unreachedSlot } from './slack/messages/renderThread';
import { reportSlot } from './slack/messages/report';
import { type RenderContext, type Slot, slotMetadata } from './slack/messages/slot';
import { openStore } from './store/open';
import type { Notice, Privacy, Store } from './store/store';
import { waitForDatabase } from './store/waitForDatabase';

export interface Options {
  readonly logger: Logger;
  readonly clock?: Clock;
  /** Aborts the start. Where it is given, the start waits for a database that does not answer. */
  readonly stopped?: AbortSignal;
  readonly ids?: Ids;
  /** Where files of exports are until Slack has them. Default: below the folder for temporary files. */
  readonly exportsFolder?: string;
  /** Called when Slack refuses a token after the start. Lostdeal still runs; the caller stops it. */
  readonly giveUp?: (error: Error) => void;
  /** Shorter waits for tests. */
  readonly timing?: Partial<Timing>;
  /** Our own limits on calls to Slack. Limits that Slack reports are kept in any case. */
  readonly limits?: Partial<LimitSettings>;
  /** Called at each crash point; a test kills the process in it. */
  readonly crashPoint?: (point: CrashPoint | ReconcilerCrashPoint) => void;
}

export interface Lostdeal {
  readonly coach: Coach;
  readonly reconciler: Reconciler;
  readonly digests: Digests;
  /** Port of the web server. */
  readonly port: number;
  /** Port of the admin server: metrics, and readiness in words. */
  readonly adminPort: number;
  stop(): Promise<void>;
}

const realClock: Clock = { now: () => Date.now() };
/** 80 random bits, so that nobody can guess the id of a deal. */
const realIds: Ids = { deal: () => `d${randomBytes(10).toString('hex')}` };

/**
 * Starts all parts: first playbooks and ports, whose faults show at once; then the database, then Slack. Health is served
 * from the beginning.
 * @throws PlaybookError, StoreError, PortTakenError, TokenRefusedError; then nothing is left running
 */
export async function startLostdeal(config: Config, options: Options): Promise<Lostdeal> {
  const { logger, clock = realClock, ids = realIds, timing = {} } = options;
  const giveUp = options.giveUp ?? ((error: Error) => logger.fatal({ err: error }, 'Lostdeal cannot go on'));
  const at = options.crashPoint;
  const metrics = createMetrics({
    version,
    node: process.versions.node,
    mode: config.slack.transport.mode,
  });
  /** The parts that run and have to be stopped. */
  const parts: {
    listening?: () => Promise<void>;
    reconciler?: Reconciler;
    homes?: Homes;
    housekeeping?: Housekeeping;
    sweeps?: Sweeps;
    digests?: Digests;
    projector?: Projector;
    channels?: Channels;
    store?: Store;
  } = {};
  let stopping: Promise<void> | null = null;
  const end = async () => {
    // The reconciler releases its deals while the last requests are answered. Both need the database.
    await Promise.all([
      parts.reconciler?.stop(),
      parts.listening?.(),
      parts.homes?.stop(),
      parts.housekeeping?.stop(),
      parts.sweeps?.stop(),
      parts.digests?.stop(),
      parts.projector?.stop(),
      parts.channels?.stop(),
    ]);
    await parts.store?.close();
  };
  const stop = () => {
    stopping ??= end();
    return stopping;
  };

  let health: Health | null = null;
  let slack: SlackApp | null = null;
  let routes: Routes | null = null;
  const readiness = async () => health?.readiness() ?? STARTING;

  try {
    const playbooks = loadPlaybooks({
      builtInDir: BUILT_IN_DIR,
      extraDir: config.playbooksDir,
      proven: readProven(),
    });
    for (const { file, line, code } of playbooks.warnings) {
      logger.warn({ file, line, code }, 'a screen of a playbook is long for a call (check the playbooks)');
    }
    // Before anything that may take long, so that an operator sees what the start waits for.
    const web = await startWebServer({
      host: config.host,
      port: config.port,
      isReady: async () => (await readiness()).ready,
      slack: () => routes,
    });
    parts.listening = () => web.stop();
    const admin = await startAdminServer({ ...config.admin, readiness, metrics: metrics.page });
    parts.listening = async () => {
      // A balancer has time to notice that we stop.
      if (slack !== null) await web.drain();
      await Promise.all([web.stop(), slack?.stop()]);
      // Last, so that an operator can watch the stop.
      await admin.stop();
    };
    const opened = await openStore(config.databaseUrl, {
      ...(config.encryptionKey === null ? {} : { encryptionKey: config.encryptionKey }),
      ...(options.stopped === undefined ? {} : { waitForServer: options.stopped }),
      logger,
      ...(options.clock === undefined ? {} : { now: clock.now }),
      onQuery: (query) => {
        metrics.queried(query.sql, query.durationMs);
        if (at !== undefined) atStatement(at)(query);
      },
    });
    const store = at === undefined ? opened : withCrashPoints(opened, at);
    parts.store = store;

    let reconciler: Reconciler | null = null;
    const changed: Coach['changed'] = (tenant, dealId) => {
      reconciler?.wake();
      parts.homes?.changed(tenant, dealId);
      parts.projector?.changed(tenant, dealId);
    };
    const coach: Coach = { store, clock, ids, playbooks, changed };
    /** The first reads of the database, which may be lost again right after it was opened. */
    const first = (work: () => Promise<void>) =>
      waitForDatabase('The database', { waitForServer: options.stopped, logger }, work);
    await first(() => keepPlaybooks(coach, config.newPlaybooks));

    const dispatcherWith = config.proxy === null ? undefined : proxyDispatcher(config.proxy);
    const fetch = dispatcherWith === undefined ? slackFetch : slackFetchThrough(dispatcherWith());
    const slackAccess = createSlackAccesses({
      slackApiUrl: config.slack.apiUrl,
      callTimeoutMs: timing.callTimeoutMs ?? DEFAULT_TIMING.callTimeoutMs,
      fetch,
      installationFor: (tenant) => installations.forTenant(tenant),
    });
    const { clientOf } = slackAccess;
    const installations = createInstallations({
      config: config.slack,
      store,
      clientOf,
      logger,
      now: clock.now,
    });
    await first(() => installations.load());

    const ensurePeople = createEnsurePeople({
      store,
      clientFor: slackAccess.clientFor,
      now: clock.now,
      logger,
    });

    const channels = createChannels({
      store,
      clientFor: slackAccess.clientFor,
      now: clock.now,
      logger,
    });
    parts.channels = channels;

    const contextOf = async (deal: Deal, privacy: Privacy): Promise<RenderContext> => ({
      privacy,
      playbook: await playbookOf(coach, deal),
      reasons: await reasonsKnown(coach, deal.tenant),
      remarks: await offersOf(coach, deal),
      repName: await repNameOf(coach, deal),
      names: await namesOf(coach, deal.tenant, [askedNow(deal)]),
    });
    const inWords = async ({ tenant }: Deal, slots: readonly Slot[]) =>
      nameInWords(slots, await namesOf(coach, tenant, namedInWords(slots)));
    /** Who reads it is asked again when it is posted: that may be long after it was due. */
    const digestNow = async (notice: Notice): Promise<Slot | null> => {
      await ensurePeople(notice.tenant, [notice.to]);
      const digest = await digestOf(coach, notice, channels.isOursAlone);
      return digest === null ? null : digestSlot(notice, digest);
    };
    const lossesNow = async (notice: Notice): Promise<Slot | null> => {
      await ensurePeople(notice.tenant, [notice.to]);
      const told = await lossesOf(coach, notice);
      return told === null ? null : lossesSlot(notice, told);
    };
    // Before anything is exported here.
    const files = createTemporaryFiles(options.exportsFolder);
    await files.clear().catch((error: unknown) => {
      logger.warn({ err: error }, 'files of earlier exports could not be removed');
    });
    reconciler = createReconciler({
      work: store.work,
      workspace: store.workspace,
      buckets: store.buckets,
      clock,
      logger,
      instance: `${hostname()}:${process.pid}:${randomBytes(4).toString('hex')}`,
      loadDeal: (tenant, id) => store.deals.load(tenant, id),
      loadDealAt: async (tenant, id, revision) => {
        const events = await store.deals.events(tenant, id);
        return replay(events.filter(({ seq }) => seq <= revision));
      },
      tick: async (tenant, id) => {
        await tick(coach, tenant, id);
      },
      render: async (deal, privacy) => inWords(deal, renderThread(deal, await contextOf(deal, privacy))),
      renderRetired: async (deal, keys, privacy) => {
        const context = await contextOf(deal, privacy);
        return inWords(
          deal,
          keys.flatMap((key) => retiredSlot(deal, key, context) ?? []),
        );
      },
      renderUnreached: async (deal, refused, privacy) => {
        const context = await contextOf(deal, privacy);
        const hasLeft = async (user: UserId) =>
          (await store.workspace.person(deal.tenant, user))?.deleted !== false;
        const slots = refused.flatMap((key) => unreachedSlot(deal, key, context) ?? []);
        const left = await Promise.all(slots.map(({ mentions = [] }) => Promise.all(mentions.map(hasLeft))));
        return slots.filter((_, index) => left[index]?.includes(true) !== true);
      },
      knownChannel,
      slackFor: slackAccess.slackFor,
      isHeldBack: (deal) => isHeldBack(coach, deal),
      isDescribed: async (tenant, user) => {
        await ensurePeople(tenant, [user]);
        return (await store.workspace.person(tenant, user)) !== null;
      },
      threadPlace: (deal, how) => threadPlace(coach, deal, how),
      noticesOfChannel: async (deal, channel) =>
        channelNotices(deal, channel, await adminsToNotify(coach, deal.tenant)),
      renderNotice: async (notice) => {
        switch (notice.kind) {
          case REPORT:
            return reportSlot(notice, await reportOf(coach, notice));
          case DIGEST:
            return digestNow(notice);
          case THREE_LOSSES:
            return lossesNow(notice);
          case EXPORT:
            return exportSlot(notice, {
              period: askedIn(notice).period.named,
              make: async (goesOn) => {
                // After failed tries their role may have changed.
                await ensurePeople(notice.tenant, [notice.to]);
                return makeExport(coach, notice, { files, goesOn });
              },
              discard: files.remove,
              hasFailed: () => hasFailed(coach, notice),
            });
          case PLAYBOOK_WAITS:
            return playbookSlot(notice, await versionTold(coach, notice.tenant, versionIn(notice)));
          default:
            return renderNotice(notice);
        }
      },
      upload: createUpload(dispatcherWith?.()),
      slotMetadata,
      ensurePeople,
      abortCalls: slackAccess.abort,
      timing,
      ...(options.limits === undefined ? {} : { limits: options.limits }),
      ...(at === undefined ? {} : { crashPoint: async (point) => at(point) }),
    });
    const running = reconciler;
    parts.reconciler = running;
    store.changes((change) => {
      if (change.what !== 'workspace') running.wake();
      if (change.what === 'deal') return;
      // After a gap in these reports all installations are read: a workspace may have installed us meanwhile.
      const read = change.what === 'workspace' ? installations.reload(change.tenant) : installations.load();
      read.catch((error: unknown) => {
        logger.warn({ err: error }, 'installations could not be read again');
      });
    });

    const homes = createHomes({
      coach,
      clientFor: slackAccess.clientFor,
      channelOf: (tenant) => installations.forTenant(tenant)?.channel ?? null,
      logger,
    });
    parts.homes = homes;
    const housekeeping = createHousekeeping({ coach, logger });
    parts.housekeeping = housekeeping;
    const sweeps = createSweeps({
      coach,
      logger,
      adminNotices,
      sharedNotices,
      playbookNotices,
      moved: () => running.wake(),
    });
    parts.sweeps = sweeps;
    const digests = createDigests({
      coach,
      logger,
      ensurePeople,
      isOursAlone: channels.isOursAlone,
      moved: () => running.wake(),
    });
    parts.digests = digests;
    const projector = createProjector({ store, logger });
    parts.projector = projector;

    const screenOpening = createScreenOpening({
      refusesToken: (code) => SLACK_ERRORS[code]?.policy === 'installation_unusable',
      workspacesNeeded: config.slack.tenancy.kind === 'many' ? 2 : 1,
    });
    let channelSaid: Promise<boolean> | null = null;
    /** At the start; while Slack does not answer, each time that it is reached again. */
    const sayChannelOnce = async () => {
      channelSaid ??= sayChannel(config, clientOf, logger);
      if (!(await channelSaid)) channelSaid = null;
    };
    const app = createSlackApp(config, {
      coach,
      installations,
      ensurePeople,
      channels,
      logger,
      backgroundTasks: createBackgroundTasks(),
      homes,
      drafts: createDrafts(store.drafts, clock),
      screenOpening,
      duplicateSeen: running.duplicateSeen,
      giveUp,
      onUp: sayChannelOnce,
      onAck: metrics.acked,
      fetch,
      dispatcherWith,
      ...(at === undefined
        ? {}
        : { atAck: (moment) => at(`ack.${moment}`), fetch: withFetchPoints(at, fetch) }),
    });
    slack = app;
    routes = { ...app.pages, ...eventsRoute(config, app, logger) };
    health = createHealth({
      store,
      reconciler: running,
      slack: () => (app.connection() === 'ok' ? screenOpening.state() : app.connection()),
      clock,
      isStopping: () => stopping !== null,
      isKnownError: (code) => code in SLACK_ERRORS || code in TRANSPORT_ERRORS,
    });
    metrics.reads(health.readings);
    await slack.start();
    // After Slack accepted the token: with a refused one the reconciler would only retry ever more slowly.
    running.start();
    housekeeping.start();
    sweeps.start();
    digests.start();
    projector.start();
    channels.start();
    const started = { port: web.port, adminPort: admin.port, mode: config.slack.transport.mode };
    if (slack.connection() === 'ok') await sayChannelOnce();
    if (slack.connection() === 'ok') logger.info(started, 'Lostdeal is ready');
    else logger.warn(started, 'Lostdeal runs and goes on trying to reach Slack');
    return { coach, reconciler: running, digests, port: web.port, adminPort: admin.port, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * Says where threads go, or what to do. With OAuth each workspace has chosen for itself.
 * @returns false when Slack did not answer, so nothing was said
 */
async function sayChannel(
  { slack: { tenancy } }: Config,
  clientOf: SlackAccesses['clientOf'],
  logger: Logger,
): Promise<boolean> {
  if (tenancy.kind === 'many') return true;
  const said = await channelAtStart(clientOf(tenancy.botToken), tenancy.channel);
  if (said !== null) logger[said.level]({ channel: tenancy.channel }, said.words);
  return said !== null;
}

/** Slack's requests pass the front door before Bolt reads them. */
function eventsRoute({ slack: { transport } }: Config, { events }: SlackApp, logger: Logger): Routes {
  if (transport.mode !== 'http' || events === null) return {};
  const door = createFrontDoor({
    signingSecret: transport.signingSecret,
    next: events,
    onRefused: (refused) => logger.warn({ refused }, 'requests that Slack did not sign were refused'),
  });
  return { [EVENTS_PATH]: door };
}
