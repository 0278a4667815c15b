/**
 * Bolt offers each request to every listener there is, and each looks whether it is meant. With dozens of buttons
 * that costs more than the work itself; so one listener for each surface is registered with Bolt, and finds by the id
 * whom the request is for.
 */
import type {
  AllMiddlewareArgs,
  App,
  BlockAction,
  SlackActionMiddlewareArgs,
  SlackViewMiddlewareArgs,
  ViewSubmitAction,
} from '@slack/bolt';

export type ClickHandler = (
  args: SlackActionMiddlewareArgs<BlockAction> & AllMiddlewareArgs,
) => Promise<void>;
export type SubmissionHandler = (
  args: SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs,
) => Promise<void>;

interface Handlers {
  readonly clicks: Map<string, ClickHandler>;
  /** Ids that carry something: the first pattern that fits is meant. */
  readonly clickPatterns: { readonly pattern: RegExp; readonly handle: ClickHandler }[];
  readonly submissions: Map<string, SubmissionHandler>;
}

const handlersOf = new WeakMap<App, Handlers>();

export function listenForClick(app: App, actionId: string | RegExp, handle: ClickHandler): void {
  const { clicks, clickPatterns } = handlers(app);
  if (typeof actionId === 'string') claim(clicks, actionId, handle);
  else clickPatterns.push({ pattern: actionId, handle });
}

export function listenForSubmission(app: App, callbackId: string, handle: SubmissionHandler): void {
  claim(handlers(app).submissions, callbackId, handle);
}

function claim<H>(map: Map<string, H>, id: string, handle: H): void {
  if (map.has(id)) throw new Error(`two listeners for ${id}`);
  map.set(id, handle);
}

function handlers(app: App): Handlers {
  const known = handlersOf.get(app);
  if (known !== undefined) return known;
  const made: Handlers = { clicks: new Map(), clickPatterns: [], submissions: new Map() };
  handlersOf.set(app, made);
  app.action<BlockAction>({ type: 'block_actions' }, async (args) => {
    const id = args.action.action_id;
    const handle = made.clicks.get(id) ?? made.clickPatterns.find(({ pattern }) => pattern.test(id))?.handle;
    await (handle ?? unheard(id))(args);
  });
  app.view<ViewSubmitAction>({ type: 'view_submission' }, async (args) => {
    const id = args.view.callback_id;
    await (made.submissions.get(id) ?? unheard(id))(args);
  });
  return made;
}

/** A screen or button of another release, say. Not acked, so that Slack tells the person that nothing happened. */
const unheard =
  (id: string) =>
  async ({ logger }: AllMiddlewareArgs): Promise<void> =>
    logger.warn(`nobody listens for ${id}`);
