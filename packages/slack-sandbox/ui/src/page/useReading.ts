import { useEffect, useRef, useState } from 'react';
import type { Conversation } from '../../../src/protocol';
import { wordsFor } from '../live/control';
import { useSandbox } from '../live/sandbox';

/**
 * Marks an open conversation as read while the page is looked at.
 * @returns the ts of the first root message that was unread when it was opened; null if none was. The protocol counts
 * unread messages and does not say which: the newest of others are taken.
 */
export function useReading(conversation: Conversation): string | null {
  const { view, act, tell } = useSandbox();
  const [visible, setVisible] = useState(!document.hidden);
  const [firstUnread, setFirstUnread] = useState<string | null>(null);
  const opened = useRef<string | null>(null);
  const marked = useRef('');

  useEffect(() => {
    const look = () => setVisible(!document.hidden);
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, []);

  const { id, unread } = conversation;
  const key = `${view.me.id} ${id}`;
  const newest = view.messages[id]?.at(-1)?.ts ?? '';

  // Only opening a conversation sets the line
  useEffect(() => {
    if (opened.current === key) return;
    opened.current = key;
    const others = (view.messages[id] ?? []).filter((message) => message.userId !== view.me.id);
    const fresh = unread > 0 ? others.slice(-unread) : [];
    setFirstUnread(fresh.find((message) => message.threadTs === undefined)?.ts ?? null);
  }, [key, id]);

  useEffect(() => {
    const mark = `${key} ${newest}`;
    if (unread === 0 || !visible || marked.current === mark) return;
    marked.current = mark;
    act({ type: 'read', channel: id }).catch((error: unknown) => tell(wordsFor(error)));
  }, [key, id, newest, unread, visible, act, tell]);

  return firstUnread;
}
