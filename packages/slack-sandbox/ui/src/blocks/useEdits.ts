import type { AnyBlock } from '@slack/types';
import { useEffect, useRef, useState } from 'react';
import type { ElementState, StateValues } from '../../../src/protocol';
import { keptEdits, mergeStates, stateOf } from './elementState';

interface Edits {
  /** The values that the sandbox stores, with the edits since. */
  readonly values: StateValues;
  /** Keeps an edit and sends it after a pause, unless a click is about to carry it (`byClick`). */
  readonly change: (blockId: string, actionId: string, state: ElementState, byClick: boolean) => void;
  /** The whole state for a click or a submission, which carries every edit. */
  readonly take: () => StateValues;
}

const TYPING_PAUSE_MS = 250;
const NOTHING: StateValues = {};

/**
 * Keeps what a person types until the sandbox stores it. When other blocks replace these (another `version`), an edit
 * stays if its block_id, action_id and type stay.
 * @param send takes the edits since the last call
 */
export function useEdits(
  blocks: readonly AnyBlock[],
  version: string,
  stored: StateValues,
  send: (edits: StateValues) => void,
): Edits {
  const [edits, setEdits] = useState(NOTHING);
  const [editedVersion, setEditedVersion] = useState(version);
  const latest = useRef(edits);
  const unsent = useRef(NOTHING);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const latestSend = useRef(send);
  latestSend.current = send;

  if (editedVersion !== version) {
    const kept = keptEdits(blocks, latest.current);
    latest.current = kept;
    unsent.current = keptEdits(blocks, unsent.current);
    setEdits(kept);
    setEditedVersion(version);
  }
  useEffect(() => () => clearTimeout(timer.current), []);

  const takeUnsent = () => {
    clearTimeout(timer.current);
    const taken = unsent.current;
    unsent.current = NOTHING;
    return taken;
  };
  return {
    values: mergeStates(stored, edits),
    change: (blockId, actionId, state, byClick) => {
      const change = { [blockId]: { [actionId]: state } };
      latest.current = mergeStates(latest.current, change);
      setEdits(latest.current);
      if (byClick) return;
      unsent.current = mergeStates(unsent.current, change);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => latestSend.current(takeUnsent()), TYPING_PAUSE_MS);
    },
    take: () => {
      takeUnsent();
      return stateOf(blocks, mergeStates(stored, latest.current));
    },
  };
}
