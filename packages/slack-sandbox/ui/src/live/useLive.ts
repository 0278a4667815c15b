import { useCallback, useEffect, useRef, useState } from 'react';
import type { PersonView, Workspace } from '../../../src/protocol';
import { control, wordsFor } from './control';

export type Connection = 'connecting' | 'open' | 'lost';

interface Live {
  readonly workspace: Workspace | null;
  readonly view: PersonView | null;
  readonly connection: Connection;
  /** Why the last reading failed; null after one that worked. */
  readonly trouble: string | null;
  /** Grows with every change notice, for whoever reads something else of the sandbox. */
  readonly beat: number;
  /** Reads again; resolves when the page shows the sandbox as it was at the call or later. */
  readonly refresh: () => Promise<void>;
}

const RECONNECT_MS = 1500;

/**
 * What the acting person (a handle or an id) sees, kept current by the sandbox's change notices. Without a person, or
 * with an unknown one, the first of the workspace acts. Readings are coalesced: one is under way and at most one waits.
 */
export function useLive(as: string | null): Live {
  const [workspace, setWorkspace] = useState<Workspace | null>(null);
  const [view, setView] = useState<PersonView | null>(null);
  const [connection, setConnection] = useState<Connection>('connecting');
  const [trouble, setTrouble] = useState<string | null>(null);
  const [beat, setBeat] = useState(0);
  const reading = useRef<Promise<void> | null>(null);
  const waiting = useRef<Promise<void> | null>(null);
  const wanted = useRef(as);
  wanted.current = as;

  const readOnce = useCallback(async () => {
    try {
      const latest = await control.workspace();
      const person = actingPerson(latest, wanted.current);
      const seen = person === undefined ? null : await control.view(person.id);
      setWorkspace(latest);
      setView(seen);
      setTrouble(null);
    } catch (error) {
      setTrouble(wordsFor(error));
    }
  }, []);

  const refresh = useCallback((): Promise<void> => {
    if (reading.current === null) {
      reading.current = readOnce().finally(() => {
        reading.current = null;
      });
      return reading.current;
    }
    if (waiting.current === null) {
      waiting.current = reading.current.then(() => {
        waiting.current = null;
        return refresh();
      });
    }
    return waiting.current;
  }, [readOnce]);

  useEffect(() => {
    let source: EventSource | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const changed = () => {
      setBeat((count) => count + 1);
      void refresh();
    };
    const connect = () => {
      source = new EventSource('/control/stream');
      source.onopen = () => {
        setConnection('open');
        changed();
      };
      source.onmessage = changed;
      source.onerror = () => {
        setConnection('lost');
        source?.close();
        timer = setTimeout(connect, RECONNECT_MS);
      };
    };
    connect();
    return () => {
      source?.close();
      clearTimeout(timer);
    };
  }, [refresh]);

  // Another person: read at once, not at the next notice.
  useEffect(() => {
    void refresh();
  }, [as, refresh]);

  return { workspace, view, connection, trouble, beat, refresh };
}

/** By handle or id; the first active person of the workspace when nobody is named. */
function actingPerson(workspace: Workspace, as: string | null) {
  const candidates = workspace.people.filter((person) => !person.isBot && !person.deleted);
  return candidates.find((person) => person.name === as || person.id === as) ?? candidates[0];
}
