import { SandboxError } from '../errors';
import { isObject, stringOf } from '../json';
import type { Action, ActResult, ChangeNotice, PersonView, Traffic, Workspace } from '../protocol';
import type { Reader } from './render/reader';

/** Distributes over the union, which a plain Omit does not. */
export type ActionOf<T = Action> = T extends Action ? Omit<T, 'as'> : never;

/** The control API of one sandbox, and the waiting for changes. */
export class Link {
  constructor(
    readonly url: string,
    readonly timeoutMs: number,
  ) {}

  async get<T>(path: string): Promise<T> {
    return this.read<T>(path, await fetch(`${this.url}/control/${path}`));
  }

  async post<T>(path: string, body: unknown): Promise<T> {
    const response = await fetch(`${this.url}/control/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return this.read<T>(path, response);
  }

  workspace(): Promise<Workspace> {
    return this.get('workspace');
  }

  view(as: string): Promise<PersonView> {
    return this.get(`view?as=${encodeURIComponent(as)}`);
  }

  act(as: string, action: ActionOf): Promise<ActResult> {
    return this.post('act', { ...action, as });
  }

  /** With whose eyes this person reads. */
  async reader(view: PersonView): Promise<Reader> {
    const { people } = await this.workspace();
    return {
      tz: view.me.tz,
      now: Date.now(),
      people: new Map(people.map((person) => [person.id, person])),
      channels: new Map(view.conversations.map((conversation) => [conversation.id, conversation.name])),
    };
  }

  /**
   * Reads what a person sees, again after every change, until `look` finds something.
   * @throws SandboxError timeout, with what `visible` says was there instead.
   */
  async until<T>(
    as: string,
    what: string,
    look: (view: PersonView, reader: Reader) => T | undefined,
    visible: (view: PersonView, reader: Reader) => string,
    timeoutMs = this.timeoutMs,
  ): Promise<T> {
    const deadline = performance.now() + timeoutMs;
    for (;;) {
      const view = await this.view(as);
      const reader = await this.reader(view);
      const found = look(view, reader);
      if (found !== undefined) return found;
      const left = deadline - performance.now();
      if (left <= 0) {
        const notices = view.notices.map((notice) => `\nSlack told ${as}: ${notice.text}`).join('');
        throw new SandboxError(
          'timeout',
          `${as} saw no ${what} within ${timeoutMs} ms. Visible:\n${visible(view, reader)}${notices}`,
        );
      }
      await this.get<ChangeNotice>(`changes?after=${view.seq}&wait=${Math.ceil(left)}`);
    }
  }

  /** Waits for an entry of the traffic log. @throws SandboxError timeout, with what was there. */
  async untilTraffic(what: string, match: (entry: Traffic) => boolean): Promise<Traffic> {
    const deadline = performance.now() + this.timeoutMs;
    let seq = 0;
    for (;;) {
      const entries = await this.get<readonly Traffic[]>('traffic?after=0');
      const found = entries.find(match);
      if (found !== undefined) return found;
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
      ({ seq } = await this.get<ChangeNotice>(`changes?after=${seq}&wait=${Math.ceil(left)}`));
    }
  }

  /** Waits until payloads have a way to the app. @throws SandboxError timeout */
  async untilConnected(): Promise<void> {
    const deadline = performance.now() + this.timeoutMs;
    for (let seq = 0; !(await this.workspace()).app.connected; ) {
      const left = deadline - performance.now();
      if (left <= 0)
        throw new SandboxError('timeout', `the app opened no connection within ${this.timeoutMs} ms`);
      ({ seq } = await this.get<ChangeNotice>(`changes?after=${seq}&wait=${Math.ceil(left)}`));
    }
  }

  private async read<T>(path: string, response: Response): Promise<T> {
    const body = (await response.json()) as unknown;
    if (response.ok) return body as T;
    const error = isObject(body) ? `${stringOf(body.error) ?? ''}: ${stringOf(body.detail) ?? ''}` : '';
    throw new SandboxError('control_failed', `${path} was refused (HTTP ${response.status}): ${error}`);
  }
}
