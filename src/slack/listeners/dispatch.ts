/**
 * Finds the handler of a request by name or id. Bolt would offer each request to every listener, and each would check
 * whether it is meant; with dozens of buttons that costs more than the work itself. So Bolt knows only this one
 * listener.
 */
import type {
  AllMiddlewareArgs,
  AnyMiddlewareArgs,
  App,
  BlockAction,
  SlackActionMiddlewareArgs,
  SlackCommandMiddlewareArgs,
  SlackEventMiddlewareArgs,
  SlackViewMiddlewareArgs,
  ViewClosedAction,
  ViewSubmitAction,
} from '@slack/bolt';

type Handler<Args> = (args: Args & AllMiddlewareArgs) => Promise<void>;
export type CommandArgs = SlackCommandMiddlewareArgs & AllMiddlewareArgs;
export type CommandHandler = Handler<SlackCommandMiddlewareArgs>;
export type ClickHandler = Handler<SlackActionMiddlewareArgs<BlockAction>>;
export type SubmissionHandler = Handler<SlackViewMiddlewareArgs<ViewSubmitAction>>;
export type ClosingHandler = Handler<SlackViewMiddlewareArgs<ViewClosedAction>>;
export type EventHandler<Type extends string> = Handler<SlackEventMiddlewareArgs<Type>>;

interface Handlers {
  readonly commands: Map<string, CommandHandler>;
  readonly clicks: Map<string, ClickHandler>;
  /** For ids that carry a value; the first pattern that matches counts. */
  readonly clickPatterns: { readonly pattern: RegExp; readonly handle: ClickHandler }[];
  readonly submissions: Map<string, SubmissionHandler>;
  readonly closings: Map<string, ClosingHandler>;
  readonly events: Map<string, EventHandler<string>>;
}

const handlersOf = new WeakMap<App, Handlers>();

export function listenForCommand(app: App, command: string, handle: CommandHandler): void {
  register(handlers(app).commands, command, handle);
}

export function listenForClick(app: App, actionId: string | RegExp, handle: ClickHandler): void {
  const { clicks, clickPatterns } = handlers(app);
  if (typeof actionId === 'string') register(clicks, actionId, handle);
  else clickPatterns.push({ pattern: actionId, handle });
}

export function listenForSubmission(app: App, callbackId: string, handle: SubmissionHandler): void {
  register(handlers(app).submissions, callbackId, handle);
}

/** For a modal that asks Slack to report its closing. */
export function listenForClosing(app: App, callbackId: string, handle: ClosingHandler): void {
  register(handlers(app).closings, callbackId, handle);
}

export function listenForEvent<Type extends string>(app: App, type: Type, handle: EventHandler<Type>): void {
  // The handler gets only events of this type.
  register(handlers(app).events, type, handle as unknown as EventHandler<string>);
}

/** The commands and events that have a handler; the manifest has to ask Slack for these. */
export function listenedFor(app: App): { readonly commands: string[]; readonly events: string[] } {
  const { commands, events } = handlers(app);
  return { commands: [...commands.keys()], events: [...events.keys()] };
}

function register<H>(map: Map<string, H>, id: string, handle: H): void {
  if (map.has(id)) throw new Error(`two handlers for ${id}`);
  map.set(id, handle);
}

function handlers(app: App): Handlers {
  const known = handlersOf.get(app);
  if (known !== undefined) return known;
  const made: Handlers = {
    commands: new Map(),
    clicks: new Map(),
    clickPatterns: [],
    submissions: new Map(),
    closings: new Map(),
    events: new Map(),
  };
  handlersOf.set(app, made);
  app.use((args) => dispatch(made, args));
  return made;
}

async function dispatch(to: Handlers, args: AnyMiddlewareArgs & AllMiddlewareArgs): Promise<void> {
  // Most events of a workspace have no handler.
  if ('event' in args) await to.events.get(args.event.type)?.(args);
  else if ('command' in args) await handlerOf(args, args.command.command, to.commands)?.(args);
  else if (isClick(args)) await clickHandler(to, args)?.(args);
  else if (isSubmission(args)) await handlerOf(args, args.view.callback_id, to.submissions)?.(args);
  else if (isClosing(args)) await handlerOf(args, args.view.callback_id, to.closings)?.(args);
}

function clickHandler({ clicks, clickPatterns }: Handlers, args: Parameters<ClickHandler>[0]) {
  const id = args.action.action_id;
  const handle = clicks.get(id) ?? clickPatterns.find(({ pattern }) => pattern.test(id))?.handle;
  return handle ?? handlerOf(args, id, clicks);
}

/**
 * Undefined, for example, for the id of another release. We ack nothing then, so that Slack shows the person an error.
 */
function handlerOf<H>({ logger }: AllMiddlewareArgs, id: string, by: ReadonlyMap<string, H>): H | undefined {
  const handle = by.get(id);
  if (handle === undefined) logger.warn(`no handler for ${id}`);
  return handle;
}

type Args = AnyMiddlewareArgs & AllMiddlewareArgs;

const isClick = (args: Args): args is Parameters<ClickHandler>[0] =>
  'action' in args && args.body.type === 'block_actions';
const isSubmission = (args: Args): args is Parameters<SubmissionHandler>[0] =>
  'view' in args && args.body.type === 'view_submission';
const isClosing = (args: Args): args is Parameters<ClosingHandler>[0] =>
  'view' in args && args.body.type === 'view_closed';
