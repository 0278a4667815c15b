import { useEffect, useRef, useState } from 'react';
import { useSurface } from '../blocks/surface';
import { messageOf } from '../live/control';
import { useSandbox } from '../live/sandbox';
import { type Choice, choicesFrom } from './choices';

interface Suggestions {
  readonly choices: readonly Choice[];
  /** Why the list is empty, or that the app is being asked. Null when there are choices. */
  readonly note: string | null;
  /** Asks the app for options that match the text: at once, or after a pause in typing. */
  readonly ask: (typed: string, how: 'now' | 'typing') => void;
}

const PAUSE_MS = 250;
/** Slack's value for an element without min_query_length. */
const DEFAULT_MIN_QUERY_LENGTH = 3;

/** The options that the app offers in an external menu. Drops an answer to text that has changed since. */
export function useSuggestions(
  blockId: string,
  actionId: string,
  least = DEFAULT_MIN_QUERY_LENGTH,
): Suggestions {
  const surface = useSurface();
  const { workspace } = useSandbox();
  const [choices, setChoices] = useState<readonly Choice[]>([]);
  const [note, setNote] = useState<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const latestRequest = useRef(0);
  useEffect(() => () => clearTimeout(timer.current), []);

  const read = async (typed: string) => {
    latestRequest.current += 1;
    const request = latestRequest.current;
    setNote(`Asking ${workspace.app.name}…`);
    try {
      const { options, optionGroups, failure } = await surface.suggest(blockId, actionId, typed);
      if (request !== latestRequest.current) return;
      const offered = choicesFrom(options, optionGroups);
      setChoices(offered);
      setNote(failure ?? (offered.length === 0 ? 'Nothing matches.' : null));
    } catch (error) {
      if (request !== latestRequest.current) return;
      setChoices([]);
      setNote(messageOf(error));
    }
  };
  const ask: Suggestions['ask'] = (typed, how) => {
    clearTimeout(timer.current);
    if (typed.length < least) {
      latestRequest.current += 1;
      setChoices([]);
      setNote(`Type ${least - typed.length} or more characters to search.`);
      return;
    }
    if (how === 'now') void read(typed);
    else timer.current = setTimeout(() => void read(typed), PAUSE_MS);
  };
  return { choices, note, ask };
}
