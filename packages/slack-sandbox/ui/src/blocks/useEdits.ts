import type { AnyBlock } from '@slack/types';
import { useEffect, useRef, useState } from 'react';
import type { ElementState, StateValues } from '../../../src/protocol';
import { keptEdits, mergeStates, stateOf } from './elementState';

interface Edits {
  /** What the sandbox holds, with what was typed since. */
  readonly held: StateValues;
  /** Keeps a change, and tells the sandbox after a pause; not if a click is about to carry it (`byClick`). */
  readonly change: (blockId: string, actionId: string, state: ElementState, byClick: boolean) => void;
  /** The whole state at this very moment, for a click or a submission; nothing then remains to be told. */
  readonly take: () => StateValues;
}

const TYPING_PAUSE_MS = 250;
const NOTHING: StateValues = {};

/**
 * What somebody types, before the sandbox knows it. When the blocks are replaced (another `version`), it stays where
 * block_id, action_id and type stay, and is forgotten elsewhere.
 */
export function useEdits(
  blocks: readonly AnyBlock[],
  version: string,
  stored: StateValues,
  tell: (typed: StateValues) => void,
): Edits {
  const [edits, setEdits] = useState(NOTHING);
  const [editedVersion, setEditedVersion] = useState(version);
  const latest = useRef(edits);
  const untold = useRef(NOTHING);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const tellLatest = useRef(tell);
  tellLatest.current = tell;

  if (editedVersion !== version) {
    const kept = keptEdits(blocks, latest.current);
    latest.current = kept;
    untold.current = keptEdits(blocks, untold.current);
    setEdits(kept);
    setEditedVersion(version);
  }
  useEffect(() => () => clearTimeout(timer.current), []);

  const told = () => {
    clearTimeout(timer.current);
    const typed = untold.current;
    untold.current = NOTHING;
    return typed;
  };
  return {
    held: mergeStates(stored, edits),
    change: (blockId, actionId, state, byClick) => {
      const change = { [blockId]: { [actionId]: state } };
      latest.current = mergeStates(latest.current, change);
      setEdits(latest.current);
      if (byClick) return;
      untold.current = mergeStates(untold.current, change);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => tellLatest.current(told()), TYPING_PAUSE_MS);
    },
    take: () => {
      told();
      return stateOf(blocks, mergeStates(stored, latest.current));
    },
  };
}
