import { useEffect, useRef, useState } from 'react';
import { useSurface } from '../blocks/surface';
import { wordsFor } from '../live/control';
import { useSandbox } from '../live/sandbox';
import { plain } from '../text/plain';
import { type Choice, choiceOf } from './choices';

interface Suggestions {
  readonly choices: readonly Choice[];
  /** Why there is nothing to choose, or that the app is being asked. */
  readonly note: string | null;
  /** Asks for options to what is typed: at once, or after a pause of typing. */
  readonly ask: (typed: string, how: 'now' | 'typing') => void;
}

const PAUSE_MS = 250;
/** What Slack takes when an element names none. */
const LEAST = 3;

/** What the app offers in an external menu. An answer that was overtaken by more typing is dropped. */
export function useSuggestions(blockId: string, actionId: string, least = LEAST): Suggestions {
  const surface = useSurface();
  const { workspace } = useSandbox();
  const [choices, setChoices] = useState<readonly Choice[]>([]);
  const [note, setNote] = useState<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const latest = useRef(0);
  useEffect(() => () => clearTimeout(timer.current), []);

  const read = async (typed: string) => {
    latest.current += 1;
    const turn = latest.current;
    setNote(`Asking ${workspace.app.name}…`);
    try {
      const { options, optionGroups, failure } = await surface.suggest(blockId, actionId, typed);
      if (turn !== latest.current) return;
      const offered = [
        ...(options ?? []).map((option) => choiceOf(option)),
        ...(optionGroups ?? []).flatMap((group) =>
          group.options.map((option) => choiceOf(option, plain(group.label))),
        ),
      ];
      setChoices(offered);
      setNote(failure ?? (offered.length === 0 ? 'Nothing matches.' : null));
    } catch (error) {
      if (turn !== latest.current) return;
      setChoices([]);
      setNote(wordsFor(error));
    }
  };
  const ask: Suggestions['ask'] = (typed, how) => {
    clearTimeout(timer.current);
    if (typed.length < least) {
      latest.current += 1;
      setChoices([]);
      setNote(`Type ${least - typed.length} or more characters to search.`);
      return;
    }
    if (how === 'now') void read(typed);
    else timer.current = setTimeout(() => void read(typed), PAUSE_MS);
  };
  return { choices, note, ask };
}
