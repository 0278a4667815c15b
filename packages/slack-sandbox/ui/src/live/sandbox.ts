import { createContext, useContext } from 'react';
import type { ActResult, Conversation, Person, PersonView, Waiting, Workspace } from '../../../src/protocol';
import type { Act } from './control';
import type { Theme } from './useTheme';

/** The workspace, the acting person's view and the actions, for every part of the page. */
export interface Sandbox {
  readonly workspace: Workspace;
  readonly view: PersonView;
  readonly waiting: Waiting;
  /** The time of the sandbox's clock, epoch ms. */
  readonly now: number;
  readonly theme: Theme;
  /** Acts as the acting person, then reads again. @throws ControlFailure */
  readonly act: (act: Act) => Promise<ActResult>;
  /** Shows a text in a corner for a while. For failures that the page shows nowhere else. */
  readonly showToast: (text: string) => void;
}

export const SandboxContext = createContext<Sandbox | null>(null);

/** @throws Error outside of a SandboxContext */
export function useSandbox(): Sandbox {
  const sandbox = useContext(SandboxContext);
  if (sandbox === null) throw new Error('useSandbox outside of SandboxContext');
  return sandbox;
}

export function personById(workspace: Workspace, id: string): Person | undefined {
  return workspace.people.find((person) => person.id === id);
}

/** `#requests`, or the other person's name. It names the log and the composer. */
export function titleOf(conversation: Conversation): string {
  return conversation.kind === 'im' ? conversation.name : `#${conversation.name}`;
}

/** The message for a delivery that failed. Null for one that did not. */
export function failureOf(result: ActResult, appName: string): string | null {
  switch (result.delivery) {
    case 'acked':
    case 'none':
      return null;
    case 'timeout':
      return `${appName} did not answer within 3 seconds.`;
    case 'failed':
      return `${appName} answered with an error.`;
    case 'not_connected':
      return `${appName} is not connected.`;
  }
}
