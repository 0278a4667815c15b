/** `/lostdeal`: starts a coached call, or says where the open ones are. */
import type { App } from '@slack/bolt';
import { overview } from '../../coach/overview';
import { teamManagerOf } from '../../coach/people';
import { notInstalledWords } from '../install/notInstalled';
import { help } from '../views/help';
import { intake } from '../views/intake';
import { list } from '../views/list';
import { notice } from '../views/notice';
import { outScreen, quietScreen } from './away';
import { listenForCommand } from './dispatch';
import { open, type Show, slackError } from './handlers';
import { listScreen } from './list';
import { type Request, requestOf, type SlackDeps } from './request';
import { sayPrivately } from './sayPrivately';
import { screenOf } from './screen';
import { settingsScreen } from './settings';
import { upcomingScreen } from './upcoming';

/** Words that stand alone; with more behind them they begin a company's name. */
const WORDS = ['help', 'list', 'resume', 'upcoming', 'out', 'quiet', 'settings'] as const;
type Word = (typeof WORDS)[number];

/** Screens that depend on who somebody is to the workspace, which has to be known first. */
const FOR_SOME: readonly string[] = ['settings', 'list', 'upcoming'];

/** `/lostdeal after Acme` → what to do, and with which company. Anything that is no known word is a company. */
export function parseCommand(text: string): {
  readonly word: Word | 'after' | 'live';
  readonly account: string;
} {
  const trimmed = text.trim();
  const [first = '', ...rest] = trimmed.split(/\s+/u);
  const word = first.toLowerCase();
  const known = WORDS.find((it) => it === word);
  if (known !== undefined && rest.length === 0) return { word: known, account: '' };
  if (word === 'after') return { word, account: rest.join(' ') };
  return { word: 'live', account: trimmed };
}

export function registerCommand(app: App, deps: SlackDeps): void {
  listenForCommand(app, '/lostdeal', async ({ ack, body, client }) => {
    const d = requestOf(deps, {
      teamId: body.team_id,
      enterpriseId: body.enterprise_id,
      userId: body.user_id,
      userTeamId: body.team_id,
      key: body.trigger_id,
      surface: 'command',
    });
    if (d === null) return ack(notInstalledWords(deps.installations));
    const command = parseCommand(body.text);
    let acked = false;
    let show: Show;
    try {
      if (FOR_SOME.includes(command.word) && (await isNew(d))) {
        await ack();
        acked = true;
        await deps.ensurePeople(d.who.tenant, [d.who.userId]);
      }
      show = await shownFor(deps, d, command);
    } catch (error) {
      d.log.error({ err: error }, 'the command failed');
      const words = `Lostdeal cannot get at its deals just now. Please try again in a minute. (reference ${d.requestId})`;
      if (acked) await sayPrivately(body.response_url, words);
      else await ack(words);
      return;
    }
    if (!acked) await ack();
    if (show.do !== 'open') return;
    try {
      await client.views.open({ trigger_id: body.trigger_id, view: show.view });
    } catch (error) {
      d.log.warn({ err: error }, 'the first screen could not be opened');
      await tellTooSlow(d, body.response_url, slackError(error));
      return;
    }
    // Names and time zones are wanted soon; not on the way to the screen.
    await deps.ensurePeople(d.who.tenant, [d.who.userId]);
  });

  const isNew = async ({ who }: Request): Promise<boolean> =>
    (await deps.coach.store.workspace.person(who.tenant, who.userId)) === null;

  async function tellTooSlow(d: Request, responseUrl: string, code: string | null): Promise<void> {
    const { status } = await sayPrivately(
      responseUrl,
      `Slack took too long to open the screen. Please type /lostdeal once more. (reference ${d.requestId})`,
    );
    d.log.info({ status, slackError: code }, 'the person was told to try again');
  }
}

async function shownFor(
  deps: SlackDeps,
  d: Request,
  command: ReturnType<typeof parseCommand>,
): Promise<Show> {
  const { coach } = deps;
  switch (command.word) {
    case 'help':
      return open(help());
    case 'list':
      return open(await listScreen(deps, d));
    case 'resume': {
      const { mine } = await overview(coach, d.who);
      const unfinished = mine.filter((deal) => deal.stage === 'coaching' && deal.position !== null);
      const [only] = unfinished;
      if (only === undefined) {
        return open(
          notice(
            'Nothing to resume',
            'No call is waiting to be finished. Type /lostdeal and the company to start one.',
          ),
        );
      }
      return open(unfinished.length === 1 ? await screenOf(coach, only) : list({ mine: unfinished }));
    }
    case 'upcoming':
      return open(await upcomingScreen(deps, d));
    case 'out':
      return open(await outScreen(deps, d));
    case 'quiet':
      return open(await quietScreen(deps, d));
    case 'settings':
      return open(await settingsScreen(deps, d));
    case 'after':
    case 'live':
      return open(
        intake({
          dealId: coach.ids.deal(),
          account: command.account,
          playbooks: coach.playbooks.list(),
          manager: await teamManagerOf(coach, d.who),
          mode: command.word,
        }),
      );
  }
}
