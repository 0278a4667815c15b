import { useEffect, useRef, useState } from 'react';
import type { Notice } from '../../../src/protocol';
import { useSandbox } from '../live/sandbox';
import type { PlacedNotice } from './timeline';

/**
 * Slack's notices of one conversation, with their places between the messages. A notice has no time, so the page
 * remembers the newest message when the notice appeared. Notices from before the page opened stand last.
 */
export function usePlacedNotices(channel: string): readonly PlacedNotice[] {
  const { view } = useSandbox();
  const places = useRef(new Map<string, string>());
  return view.notices
    .filter((notice) => notice.channel === channel)
    .map((notice) => {
      const key = `${view.me.id} ${notice.seq}`;
      const lastTs =
        view.messages[channel]
          ?.filter(({ threadTs, broadcast }) => threadTs === undefined || broadcast)
          .at(-1)?.ts ?? '';
      const afterTs = places.current.get(key) ?? lastTs;
      places.current.set(key, afterTs);
      return { notice, afterTs };
    });
}

/** Notices of no conversation since the page opened, and a function that dismisses one. */
export function useGlobalNotices(): readonly [readonly Notice[], (seq: number) => void] {
  const { view } = useSandbox();
  const [since, setSince] = useState<{ readonly person: string; readonly seq: number } | null>(null);
  const [dismissed, setDismissed] = useState<ReadonlySet<number>>(new Set());
  const newest = view.notices.at(-1)?.seq ?? 0;
  useEffect(() => {
    setSince((known) => (known?.person === view.me.id ? known : { person: view.me.id, seq: newest }));
  }, [view.me.id, newest]);
  const shown =
    since === null || since.person !== view.me.id
      ? []
      : view.notices.filter(
          ({ channel, seq }) => channel === undefined && seq > since.seq && !dismissed.has(seq),
        );
  return [shown, (seq) => setDismissed((before) => new Set([...before, seq]))];
}
