/**
 * Acts and looks as one person through the sandbox's control API. It reads little at a time, as a run has many people.
 */
import type { Action, ActResult, PersonView } from 'slack-sandbox';

type ActionOf<T = Action> = T extends Action ? Omit<T, 'as'> : never;

export class PersonClient {
  constructor(
    private readonly url: string,
    private readonly name: string,
  ) {}

  /** Modals, Home and Slack's own notices, and the messages of these conversations only. */
  async look(conversations: readonly string[] = [], after = '0'): Promise<PersonView> {
    const query = `as=${this.name}&in=${conversations.join(',')}&after=${after}`;
    const response = await fetch(`${this.url}/control/view?${query}`);
    if (!response.ok) throw new Error(`${this.name} sees nothing: ${await response.text()}`);
    return (await response.json()) as PersonView;
  }

  /** Null: the screen had changed meanwhile, and the element is gone. */
  async act(action: ActionOf): Promise<ActResult | null> {
    const response = await fetch(`${this.url}/control/act`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...action, as: this.name }),
    });
    if (response.ok) return (await response.json()) as ActResult;
    const { error = '', detail = '' } = (await response.json()) as { error?: string; detail?: string };
    if (CHANGED_MEANWHILE.has(error)) return null;
    throw new Error(`${this.name} could not do that: ${error} (${detail})`);
  }
}

const CHANGED_MEANWHILE = new Set(['view_not_open', 'no_such_element', 'no_submit', 'message_not_found']);
