import { type Dispatcher, request } from 'undici';
import { SandboxError } from '../errors';
import { isObject, stringOf } from '../json';
import type { Action, ActResult, PersonView, Traffic, Workspace, WorkspaceChange } from '../protocol';
import type { Reader } from './render/reader';

/** Distributes over the union, as plain Omit does not. */
export type ActionOf<T = Action> = T extends Action ? Omit<T, 'as'> : never;

interface Look {
  readonly view: PersonView;
  readonly reader: Reader;
}

/** Leaves all messages out of a view. */
export const NO_CONVERSATIONS: readonly string[] = [];

/** The control API of one sandbox, with waits for changes. */
export class ControlApi {
  constructor(
    readonly url: string,
    readonly timeoutMs: number,
  ) {}

  async get<T>(path: string): Promise<T> {
    return this.read<T>(path, await request(`${this.url}/control/${path}`));
  }

  async post<T>(path: string, body: unknown): Promise<T> {
    const response = await request(`${this.url}/control/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return this.read<T>(path, response);
  }

  workspace(): Promise<Workspace> {
    return this.get('workspace');
  }

  /** What a person sees. With `conversations` (`#name` or id), only their messages; without, all messages. */
  view(as: string, conversations?: readonly string[]): Promise<PersonView> {
    const part = conversations === undefined ? '' : `&in=${encodeURIComponent(conversations.join(','))}`;
    return this.get(`view?as=${encodeURIComponent(as)}${part}`);
  }

  /** Same as `view`, with what is needed to render texts for this person. */
  async look(as: string, conversations?: readonly string[]): Promise<Look> {
    const [view, { people, clock }] = await Promise.all([this.view(as, conversations), this.workspace()]);
    return {
      view,
      reader: {
        tz: view.me.tz,
        now: clock.now,
        people: new Map(people.map((person) => [person.id, person])),
        channels: new Map(view.conversations.map((conversation) => [conversation.id, conversation.name])),
      },
    };
  }

  act(as: string, action: ActionOf): Promise<ActResult> {
    return this.post('act', { ...action, as });
  }

  /**
   * Reads what a person sees after every change until `find` returns something.
   * @param conversations same as for `view`
   * @throws SandboxError timeout, with what `visible` returns
   */
  async waitUntil<T>(
    as: string,
    conversations: readonly string[],
    what: string,
    find: (view: PersonView, reader: Reader) => T | undefined,
    visible: (view: PersonView, reader: Reader) => string,
    timeoutMs = this.timeoutMs,
  ): Promise<T> {
    const deadline = performance.now() + timeoutMs;
    for (;;) {
      const { view, reader } = await this.look(as, conversations);
      const found = find(view, reader);
      if (found !== undefined) return found;
      const left = deadline - performance.now();
      if (left <= 0) {
        const notices = view.notices.map((notice) => `\nSlack said to ${as}: ${notice.text}`).join('');
        throw new SandboxError(
          'timeout',
          `${as} saw no ${what} within ${timeoutMs} ms. Visible:\n${visible(view, reader)}${notices}`,
        );
      }
      await this.get<WorkspaceChange>(`changes?after=${view.seq}&wait=${Math.ceil(left)}`);
    }
  }

  /** Waits for an entry of the traffic log. @throws SandboxError timeout, with the entries that came */
  async waitForTraffic(what: string, match: (entry: Traffic) => boolean): Promise<Traffic> {
    const deadline = performance.now() + this.timeoutMs;
    const entries: Traffic[] = [];
    let seq = 0;
    for (;;) {
      const news = await this.get<readonly Traffic[]>(`traffic?after=${entries.at(-1)?.seq ?? 0}`);
      const found = news.find(match);
      if (found !== undefined) return found;
      entries.push(...news);
      const left = deadline - performance.now();
      if (left <= 0) {
        const seen = entries.map((entry) =>
          entry.kind === 'call' ? entry.method : `${entry.name} (${entry.outcome})`,
        );
        throw new SandboxError(
          'timeout',
          `no ${what} within ${this.timeoutMs} ms. There was: ${seen.join(', ')}`,
        );
      }
      ({ seq } = await this.get<WorkspaceChange>(`changes?after=${seq}&wait=${Math.ceil(left)}`));
    }
  }

  /** Waits until the app can receive deliveries. @throws SandboxError timeout */
  async waitForConnection(): Promise<void> {
    const deadline = performance.now() + this.timeoutMs;
    for (let seq = 0; !(await this.workspace()).app.connected; ) {
      const left = deadline - performance.now();
      if (left <= 0)
        throw new SandboxError('timeout', `the app opened no connection within ${this.timeoutMs} ms`);
      ({ seq } = await this.get<WorkspaceChange>(`changes?after=${seq}&wait=${Math.ceil(left)}`));
    }
  }

  private async read<T>(path: string, { statusCode, body }: Dispatcher.ResponseData): Promise<T> {
    const answer = await body.json();
    if (statusCode === 200) return answer as T;
    const error = isObject(answer) ? `${stringOf(answer.error) ?? ''}: ${stringOf(answer.detail) ?? ''}` : '';
    throw new SandboxError('control_failed', `${path} was refused (HTTP ${statusCode}): ${error}`);
  }
}
