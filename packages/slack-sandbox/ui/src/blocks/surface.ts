import { createContext, useContext } from 'react';
import type { ActResult, ElementState, StateValues } from '../../../src/protocol';

/** A place that shows blocks: a message, a modal or the app's Home tab. */
export interface Surface {
  readonly kind: 'message' | 'modal' | 'home';
  /** Unique on the page. Ids of labels and hints begin with it. */
  readonly id: string;
  readonly values: StateValues;
  /** Inline errors by block id. */
  readonly errors: Readonly<Record<string, string>>;
  /** Keeps a value. With `byClick` a {@link click} is about to send it to the app. */
  readonly change: (blockId: string, actionId: string, state: ElementState, byClick: boolean) => void;
  /** Sends an action to the app, and resolves after its ack or timeout. `element` is the new value of a choice. */
  readonly click: (blockId: string, actionId: string, element?: ElementState) => Promise<void>;
  /** Asks the app for the options of an external menu. @throws ControlFailure */
  readonly suggest: (blockId: string, actionId: string, value: string) => Promise<ActResult>;
  /** Enter in a single-line input. Absent without a form to submit. */
  readonly enter?: () => void;
}

export const SurfaceContext = createContext<Surface | null>(null);

/** @throws Error outside of a SurfaceContext */
export function useSurface(): Surface {
  const surface = useContext(SurfaceContext);
  if (surface === null) throw new Error('useSurface outside of SurfaceContext');
  return surface;
}
