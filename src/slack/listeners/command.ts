/** `/lostdeal`: starts a coached call, or opens one of the other screens. */
import type { App } from '@slack/bolt';
import { RoleNotConfirmedError } from '../../coach/identity';
import { overview } from '../../coach/overview';
import { tidyName } from '../../deal/model/typed';
import { notInstalledText } from '../install/notInstalled';
import { UNCONFIRMED } from '../text';
import { help } from '../views/help';
import { list } from '../views/list';
import { notice } from '../views/notice';
import { outScreen, quietScreen } from './away';
import { intakeScreen } from './callNotes';
import { type CommandArgs, listenForCommand } from './dispatch';
import { withFirstOffer } from './firstOffer';
import { competitorScreen, requestExport, requestReport } from './learn';
import { listScreen } from './navigation';
import { practiceScreen } from './practice';
import { confirmActor, ensureActor, isConfirmed, type Request, requestOf, type SlackDeps } from './request';
import { screenAsLeft } from './screen';
import { settingsScreen } from './settings';
import { respondPrivately } from './show';
import { slackError } from './slackError';
import { upcomingScreen } from './upcoming';

/** Subcommands that stand alone; with more words behind them they begin a company's name. */
const WORDS = ['help', 'list', 'resume', 'practice', 'upcoming', 'out', 'quiet', 'settings'] as const;
type Word = (typeof WORDS)[number];

/** Screens that depend on a person's role, so Slack has to describe the person first. */
const NEED_ROLE: readonly string[] = ['settings', 'list', 'upcoming', 'report', 'export', 'vs'];

interface Command {
  readonly word: Word | 'after' | 'report' | 'export' | 'vs' | 'live';
  /** The company, or the words of a report or an export. */
  readonly account: string;
  /** All that was typed. */
  readonly typed: string;
}

/** Other words that people type for a subcommand without looking it up. */
const PLURALS: Readonly<Partial<Record<string, Word | 'after'>>> = {
  helps: 'help',
  lists: 'list',
  resumes: 'resume',
  upcomings: 'upcoming',
  setting: 'settings',
  afters: 'after',
};

/** A word without the marks around it: bold, code, quotes, brackets, dashes, a question mark. */
const bare = (word: string): string => word.replace(/^[\p{P}\p{S}]+|[\p{P}\p{S}]+$/gu, '').toLowerCase();

/** `/lostdeal after Acme` → the subcommand and the company. Any other first word begins a company's name. */
export function parseCommand(text: string): Command {
  const typed = tidyName(text);
  if (/^[?¿？]+$/u.test(typed)) return { word: 'help', account: '', typed };
  const [first = '', ...rest] = typed.split(' ');
  const word = bare(first);
  const known = WORDS.find((it) => it === word) ?? PLURALS[word];
  // Some people type a space before a question mark.
  const standsAlone = rest.every((it) => bare(it) === '');
  if (known !== undefined && standsAlone) return { word: known, account: '', typed };
  if (word === 'after') return { word, account: standsAlone ? '' : rest.join(' '), typed };
  // Whether what follows makes it a report or an export depends on the teams; if not, it is a company.
  if (word === 'report' || word === 'export')
    return { word, account: standsAlone ? '' : rest.join(' '), typed };
  if (word === 'vs' && !standsAlone) return { word, account: rest.join(' '), typed };
  return { word: 'live', account: typed, typed };
}

export function registerCommand(app: App, deps: SlackDeps): void {
  listenForCommand(app, '/lostdeal', async (args) => {
    const { ack, body } = args;
    const request = requestOf(deps, {
      teamId: body.team_id,
      enterpriseId: body.enterprise_id,
      userId: body.user_id,
      userTeamId: body.team_id,
      deliveryKey: body.trigger_id,
      handler: 'command',
    });
    await (request === null ? ack(notInstalledText(deps.installations)) : answer(request, args));
  });
}

async function answer(request: Request, { ack, body, client }: CommandArgs): Promise<void> {
  const command = parseCommand(body.text);
  let acked = false;
  let view: Awaited<ReturnType<typeof screenFor>>;
  try {
    if (NEED_ROLE.includes(command.word) && !(await isConfirmed(request))) {
      await ack();
      acked = true;
      await confirmActor(request);
    }
    const said = await requested(request, command);
    if (said !== null) {
      if (acked) await respondPrivately(request.deps.fetch, body.response_url, said);
      else await ack(said);
      return;
    }
    view = await withFirstOffer(request, await screenFor(request, command));
  } catch (error) {
    if (error instanceof RoleNotConfirmedError) {
      if (!acked) return ack(UNCONFIRMED);
      await respondPrivately(request.deps.fetch, body.response_url, UNCONFIRMED);
      return;
    }
    request.log.error({ err: error }, 'the command failed');
    const text = `Lostdeal can't reach its deals right now. Try again in a minute. (reference ${request.requestId})`;
    if (acked) await respondPrivately(request.deps.fetch, body.response_url, text);
    else await ack(text);
    return;
  }
  if (!acked) await ack();
  try {
    await client.views.open({ trigger_id: body.trigger_id, view });
    request.deps.screenOpening.opened();
  } catch (error) {
    request.deps.screenOpening.failed(request.who.tenant, slackError(error));
    request.log.warn({ err: error }, 'the first screen could not be opened');
    await askToRepeat(request, body.response_url, slackError(error));
    return;
  }
  // We soon need the person's name and time zone, but the screen does not wait for them.
  await ensureActor(request);
}

/** What the person reads who asked for a message; null: they asked for a screen. */
async function requested(request: Request, { word, account }: Command): Promise<string | null> {
  switch (word) {
    case 'report':
      return requestReport(request, account);
    case 'export':
      return requestExport(request, account);
    default:
      return null;
  }
}

export async function askToRepeat(
  { deps, log, requestId }: Request,
  responseUrl: string,
  code: string | null,
): Promise<void> {
  const { status } = await respondPrivately(
    deps.fetch,
    responseUrl,
    `${whyNotOpened(code)} (reference ${requestId})`,
  );
  log.info({ status, slackError: code }, 'the person was asked to repeat the command');
}

/** Codes of https://docs.slack.dev/reference/methods/views.open for a click that is too old. */
const TOO_LATE = new Set(['expired_trigger_id', 'exchanged_trigger_id', 'invalid_trigger_id']);

/** @param code Slack's; null: no answer, or none of Slack's */
function whyNotOpened(code: string | null): string {
  if (code !== null && TOO_LATE.has(code))
    return 'Slack took too long to open the screen. Type /lostdeal once more.';
  if (code === null || isBusy(code))
    return 'Lostdeal couldn’t reach Slack to open the screen. Try again in a minute.';
  return `Slack doesn’t let Lostdeal open its screen (${code}). Tell the people who run Lostdeal in your company.`;
}

const isBusy = (code: string): boolean =>
  ['ratelimited', 'internal_error', 'fatal_error', 'service_unavailable', 'request_timeout'].includes(code);

async function screenFor(request: Request, { word, account, typed }: Command) {
  switch (word) {
    case 'help':
      return help();
    case 'list':
      return listScreen(request);
    case 'resume':
      return resumeScreen(request);
    case 'practice':
      return practiceScreen(request);
    case 'upcoming':
      return upcomingScreen(request);
    case 'out':
      return outScreen(request);
    case 'quiet':
      return quietScreen(request);
    case 'settings':
      return settingsScreen(request);
    case 'vs':
      return competitorScreen(request, account, typed);
    case 'report':
    case 'export':
      // Words of another form are a company's name.
      return intakeScreen(request, { account: typed, mode: 'live' });
    case 'after':
    case 'live':
      return intakeScreen(request, { account, mode: word });
  }
}

async function resumeScreen(request: Request) {
  const { coach, who } = request;
  const { viewer, mine } = await overview(coach, who);
  const unfinished = mine.filter((deal) => deal.stage === 'coaching' && deal.position !== null);
  const [only] = unfinished;
  if (only === undefined) {
    return notice(
      'Nothing to resume',
      'You have no unfinished call. Type /lostdeal and the company to start one.',
    );
  }
  return unfinished.length === 1
    ? screenAsLeft(request, only)
    : list({ viewer, names: new Map(), mine: unfinished });
}
