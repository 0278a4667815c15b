import { createContext, useContext } from 'react';
import type { ActResult, ElementState, StateValues } from '../../../src/protocol';

/** What blocks need to know of where they are shown: a message, a modal or the app's Home. */
export interface Surface {
  readonly kind: 'message' | 'modal' | 'home';
  /** Unique on the page; ids of labels and hints begin with it. */
  readonly id: string;
  readonly held: StateValues;
  /** Inline errors by block id. */
  readonly errors: Readonly<Record<string, string>>;
  /** Keeps what somebody typed or chose; with `byClick` the app is about to be told by {@link click}. */
  readonly change: (blockId: string, actionId: string, state: ElementState, byClick: boolean) => void;
  /** Tells the app; resolves after its ack or the lack of one. `element` is the new state of a choice. */
  readonly click: (blockId: string, actionId: string, element?: ElementState) => Promise<void>;
  /** Asks the app for the options of an external menu. Throws ControlFailure. */
  readonly suggest: (blockId: string, actionId: string, value: string) => Promise<ActResult>;
  /** Enter in a one-line input; absent where there is nothing to submit. */
  readonly enter?: () => void;
}

export const SurfaceContext = createContext<Surface | null>(null);

/** Throws where there is no surface around: a mistake of the page. */
export function useSurface(): Surface {
  const surface = useContext(SurfaceContext);
  if (surface === null) throw new Error('useSurface outside of SurfaceContext');
  return surface;
}
