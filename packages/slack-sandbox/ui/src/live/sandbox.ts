import { createContext, useContext } from 'react';
import type { ActResult, Conversation, Person, PersonView, Workspace } from '../../../src/protocol';
import type { Act } from './control';
import type { Theme } from './useTheme';

/** What every part of the page may use: the workspace, the acting person's view, and acting. */
export interface Sandbox {
  readonly workspace: Workspace;
  readonly view: PersonView;
  readonly theme: Theme;
  /** Acts as the person of this page, then reads again. Throws ControlFailure. */
  readonly act: (act: Act) => Promise<ActResult>;
  /** Shows a line that goes away by itself: something failed that has no better place to say so. */
  readonly tell: (words: string) => void;
}

export const SandboxContext = createContext<Sandbox | null>(null);

/** Throws where there is no sandbox around: a mistake of the page. */
export function useSandbox(): Sandbox {
  const sandbox = useContext(SandboxContext);
  if (sandbox === null) throw new Error('useSandbox outside of SandboxContext');
  return sandbox;
}

export function personById(workspace: Workspace, id: string): Person | undefined {
  return workspace.people.find((person) => person.id === id);
}

/** `#requests`, or the other person's name: the accessible name of its log and what its composer says. */
export function titleOf(conversation: Conversation): string {
  return conversation.kind === 'im' ? conversation.name : `#${conversation.name}`;
}

/** For a delivery that the app did not take; null for one that it did. */
export function troubleOf(result: ActResult, appName: string): string | null {
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
