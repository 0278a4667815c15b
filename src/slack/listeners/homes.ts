/**
 * Updates opened App Homes when a deal of their owner changes: it starts to wait for them, or somebody decides it. Best
 * effort: a Home that we miss is right again when its owner opens it.
 */
import type { HomeView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { LRUCache } from 'lru-cache';
import { absenceOf } from '../../coach/away';
import type { Coach, Who } from '../../coach/context';
import { figureSight, type Learned, learn, reportOver, teamsOf } from '../../coach/learn';
import { overview } from '../../coach/overview';
import { digestEvery } from '../../coach/ownDigest';
import { namesInRows } from '../../coach/people';
import { versionsToChoose, type WaitingVersions } from '../../coach/playbookPreview';
import { offersPractice, type Setup, setupOf } from '../../coach/setup';
import { parkedFor } from '../../coach/threads';
import { askedSoFar } from '../../deal/asking/stations';
import type { Deal, DealId, Tenant, UserId } from '../../deal/model/deal';
import { deepEqual } from '../../deal/model/deepEqual';
import type { Logger } from '../../log';
import { BLOCKS_REFUSED_MS, type Sight } from '../../store/store';
import { encodeRef } from '../ids';
import { type Choice, homeFigures, refOf } from '../views/figures';
import { home, homeParked, MOST_PARKED } from '../views/home';
import { withOffer } from '../views/newHere';
import { slackError } from './slackError';

/** We publish changes within this time together, ms. */
const GATHER_MS = 400;
/** Figures on Home are as old as this at most, when it is opened or its deals change, ms. */
const FIGURES_KEPT_MS = 60_000;
/** Some kilobytes each. */
const MOST_FIGURES = 200;
/** The most Homes that we publish at a time; other people see the change when they open theirs. */
const MOST_HOMES = 20;
/** Slack's limit for one screen. */
const MOST_BLOCKS = 100;

const LATEST: Choice = { period: '', team: null };

/** How `views.publish` refuses blocks that the workspace does not take. */
const REFUSED: ReadonlySet<string> = new Set(['invalid_arguments', 'invalid_blocks']);

export interface Homes {
  /** Notes that a person opened their App Home, and which figures they picked there; absent: those of before. */
  opened(tenant: Tenant, user: UserId, choice?: Choice): void;
  /** True when its owner opened it since the start. */
  isOpened(tenant: Tenant, user: UserId): boolean;
  publish(client: WebClient, who: Who): Promise<void>;
  /** Notes that a deal changed; we soon publish the Homes of its people. */
  changed(tenant: Tenant, dealId: DealId): void;
  stop(): Promise<void>;
}

interface Deps {
  readonly coach: Coach;
  readonly clientFor: (tenant: Tenant) => WebClient | null;
  /** The installation's own channel; null: none. */
  readonly channelOf: (tenant: Tenant) => string | null;
  readonly logger: Pick<Logger, 'debug'>;
}

export function createHomes({ coach, clientFor, channelOf, logger }: Deps): Homes {
  const open = new Set<string>();
  const keyOf = ({ enterpriseId, teamId }: Tenant, user: UserId) => `${enterpriseId}/${teamId}/${user}`;
  const changedDeals = new Map<string, { readonly tenant: Tenant; readonly dealId: DealId }>();
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<void> = Promise.resolve();

  /** Figures as a person's Home showed them last, for as long as they may see the same deals. */
  const figures = new LRUCache<
    string,
    { readonly learned: Learned; readonly at: number; readonly sight: Sight; readonly choice: Choice }
  >({ max: MOST_FIGURES });
  /** Picked by each person. Their Home holds it too, so that a restart forgets none. */
  const choices = new LRUCache<string, Choice>({ max: MOST_FIGURES });
  /** What was left to set up when a person's Home showed it last. */
  const setups = new LRUCache<string, Setup>({ max: MOST_FIGURES });
  /** How often each Home was published. */
  const rounds = new LRUCache<string, number>({ max: MOST_FIGURES });

  async function isFirstUse(who: Who): Promise<boolean> {
    try {
      return await offersPractice(coach, who);
    } catch (error) {
      logger.debug({ err: error }, 'App Home stays without the offer of practice');
      return false;
    }
  }

  async function publish(client: WebClient, who: Who): Promise<void> {
    const key = keyOf(who.tenant, who.userId);
    // Home never waits for it, and stands without it when it cannot be read.
    let setup = setups.get(key) ?? null;
    const reading = setupOf(coach, who, channelOf(who.tenant)).then(
      (read) => {
        setup = read;
        if (read === null) setups.delete(key);
        else setups.set(key, read);
      },
      (error: unknown) => logger.debug({ err: error }, 'App Home stays without what is left to set up'),
    );
    const choice = choices.get(key) ?? LATEST;
    const { workspace } = coach.store;
    const isFirst = await isFirstUse(who);
    const [seen, parked, out, teams, digest, versions, refusedUntil] = await Promise.all([
      overview(coach, who),
      parkedFor(coach, who, MOST_PARKED + 1),
      absenceOf(coach, who),
      teamsOf(coach, who),
      digestEvery(coach, who),
      versionsToChoose(coach, who),
      workspace.refusedBlocksUntil(who.tenant),
    ]);
    let charts = refusedUntil <= coach.clock.now();
    const chosen = channelOf(who.tenant) !== null || seen.hasChannel;
    const { mine, waiting } = seen;
    const names = await namesInRows(coach, who.tenant, [...mine, ...waiting]);
    const show = async (learned: Learned | null): Promise<void> => {
      const viewWith = (
        drawn: boolean,
        left: Setup | null,
        waiting: { readonly versions?: WaitingVersions } = { versions },
        offers = false,
      ): HomeView => {
        const plain = home({ ...seen, names, out, hasChannel: chosen, setup: left, ...waiting });
        const view = offers ? withOffer(plain) : plain;
        if (!(seen.isManager || seen.isAdmin))
          return { ...view, blocks: [...view.blocks, ...homeParked(parked)] };
        const learning = homeFigures({ learned, choice, teams, digest, charts: drawn });
        return {
          ...view,
          private_metadata: encodeRef(refOf(choice)),
          blocks: [...view.blocks, ...learning, ...homeParked(parked)],
        };
      };
      const send = async (drawn: boolean): Promise<void> => {
        // Deals come before what is left to set up, and before charts.
        const least = viewWith(false, null, {});
        const first = viewWith(drawn, setup, { versions }, isFirst);
        const views = [first, viewWith(drawn, null), viewWith(false, null), least];
        const view = views.find(({ blocks }) => blocks.length <= MOST_BLOCKS) ?? least;
        await client.views.publish({ user_id: who.userId, view });
      };
      try {
        await send(charts);
      } catch (error) {
        if (!charts || learned === null || !REFUSED.has(slackError(error) ?? '')) throw error;
        await send(false);
        charts = false;
        await workspace.saveRefusedBlocks(who.tenant, coach.clock.now() + BLOCKS_REFUSED_MS);
      }
    };
    const round = (rounds.get(key) ?? 0) + 1;
    rounds.set(key, round);
    const sight = await figureSight(coach, who);
    const kept = figures.get(key);
    const isSame = deepEqual(kept?.sight, sight) && deepEqual(kept?.choice, choice);
    const shown = sight !== null && isSame ? kept : undefined;
    const before = setup;
    await show(shown?.learned ?? null);
    await reading;
    if (!deepEqual(before, setup) && rounds.get(key) === round) await show(shown?.learned ?? null);
    if (!(seen.isManager || seen.isAdmin)) return;
    if (shown !== undefined && coach.clock.now() - shown.at < FIGURES_KEPT_MS) return;
    // Home stands without its figures, and again with them.
    try {
      const learned = await learn(coach, who, await reportOver(coach, who, choice.period, choice.team));
      if (learned === null) return;
      if (sight !== null) figures.set(key, { learned, at: coach.clock.now(), sight, choice });
      // A later round shows the deals as they are now, and these figures with them.
      if (rounds.get(key) === round) await show(learned);
    } catch (error) {
      logger.debug({ err: error }, 'App Home stays without new figures');
    }
  }

  async function publishChanged(): Promise<void> {
    const changes = [...changedDeals.values()];
    changedDeals.clear();
    const owners = new Map<string, { readonly tenant: Tenant; readonly userId: UserId }>();
    for (const { tenant, dealId } of changes) {
      const deal = await coach.store.deals.load(tenant, dealId);
      for (const userId of deal === null ? [] : peopleOf(deal)) {
        const key = keyOf(tenant, userId);
        if (open.has(key)) owners.set(key, { tenant, userId });
      }
    }
    for (const { tenant, userId } of [...owners.values()].slice(0, MOST_HOMES)) {
      const client = clientFor(tenant);
      if (client !== null) await publish(client, { tenant, userId, teamId: tenant.teamId });
    }
  }

  return {
    opened(tenant, user, choice) {
      open.add(keyOf(tenant, user));
      if (choice !== undefined) choices.set(keyOf(tenant, user), choice);
    },
    isOpened: (tenant, user) => open.has(keyOf(tenant, user)),
    publish,
    changed(tenant, dealId) {
      if (open.size === 0) return;
      changedDeals.set(`${tenant.teamId}/${dealId}`, { tenant, dealId });
      timer ??= setTimeout(() => {
        timer = null;
        running = publishChanged().catch((error: unknown) => {
          logger.debug({ err: error }, 'App Homes could not be published');
        });
      }, GATHER_MS).unref();
    },
    async stop() {
      if (timer !== null) clearTimeout(timer);
      await running;
    },
  };
}

const peopleOf = ({ rep, manager, ask }: Deal): UserId[] =>
  [...new Set([rep, manager, ...(ask === null ? [] : askedSoFar(ask))])].filter((it) => it !== null);
