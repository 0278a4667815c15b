import { useCallback, useEffect, useRef, useState } from 'react';
import type { PersonView, Waiting, Workspace } from '../../../src/protocol';
import { control, messageOf } from './control';

export type Connection = 'connecting' | 'open' | 'lost';

interface SandboxData {
  readonly workspace: Workspace | null;
  readonly view: PersonView | null;
  readonly waiting: Waiting;
  readonly connection: Connection;
  /** The message of the last request if it failed. Null if it succeeded. */
  readonly failure: string | null;
  /** Grows with every change notice, for parts of the page that read something else. */
  readonly changeCount: number;
  /** Reads again. Resolves once the page shows the sandbox as it was at the call or later. */
  readonly refresh: () => Promise<void>;
}

const RECONNECT_MS = 1500;
const NOTHING_WAITS: Waiting = {};

/**
 * The view of the acting person (a handle or an id), updated by the sandbox's change notices. Without a person, or with an
 * unknown one, the first person of the workspace acts. One request runs at a time, and at most one waits.
 */
export function useSandboxData(as: string | null): SandboxData {
  const [workspace, setWorkspace] = useState<Workspace | null>(null);
  const [view, setView] = useState<PersonView | null>(null);
  const [waiting, setWaiting] = useState<Waiting>(NOTHING_WAITS);
  const [connection, setConnection] = useState<Connection>('connecting');
  const [failure, setFailure] = useState<string | null>(null);
  const [changeCount, setChangeCount] = useState(0);
  const reading = useRef<Promise<void> | null>(null);
  const queued = useRef<Promise<void> | null>(null);
  const wanted = useRef(as);
  wanted.current = as;

  const readOnce = useCallback(async () => {
    try {
      const [latest, unread] = await Promise.all([control.workspace(), control.waiting()]);
      const person = actingPerson(latest, wanted.current);
      const seen = person === undefined ? null : await control.view(person.id);
      setWorkspace(latest);
      setWaiting(unread);
      setView(seen);
      setFailure(null);
    } catch (error) {
      setFailure(messageOf(error));
    }
  }, []);

  const refresh = useCallback((): Promise<void> => {
    if (reading.current === null) {
      reading.current = readOnce().finally(() => {
        reading.current = null;
      });
      return reading.current;
    }
    if (queued.current === null) {
      queued.current = reading.current.then(() => {
        queued.current = null;
        return refresh();
      });
    }
    return queued.current;
  }, [readOnce]);

  useEffect(() => {
    let source: EventSource | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const changed = () => {
      setChangeCount((count) => count + 1);
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

  // Another person is a reason to read at once, before the next notice.
  useEffect(() => {
    void refresh();
  }, [as, refresh]);

  return { workspace, view, waiting, connection, failure, changeCount, refresh };
}

/** The person with this handle or id, or else the first active one. */
function actingPerson(workspace: Workspace, as: string | null) {
  const candidates = workspace.people.filter((person) => !person.isBot && !person.deleted);
  return candidates.find((person) => person.name === as || person.id === as) ?? candidates[0];
}
