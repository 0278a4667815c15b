import { useEffect, useRef, useState } from 'react';
import type { Conversation } from '../../../src/protocol';
import { messageOf } from '../live/control';
import { useSandbox } from '../live/sandbox';

/**
 * Marks an open conversation as read while the page is visible.
 * @returns the ts of the first root message that was unread when the conversation opened, or null. The protocol only
 * counts unread messages, so the newest messages of others are taken for them.
 */
export function useFirstUnread(conversation: Conversation): string | null {
  const { view, act, showToast } = useSandbox();
  const [visible, setVisible] = useState(!document.hidden);
  const [firstUnread, setFirstUnread] = useState<string | null>(null);
  const opened = useRef<string | null>(null);
  const lastMark = useRef('');

  useEffect(() => {
    const update = () => setVisible(!document.hidden);
    document.addEventListener('visibilitychange', update);
    return () => document.removeEventListener('visibilitychange', update);
  }, []);

  const { id, unread } = conversation;
  const key = `${view.me.id} ${id}`;
  const newest = view.messages[id]?.at(-1)?.ts ?? '';

  // Messages are no dependency, because only the opening of a conversation sets the line.
  useEffect(() => {
    if (opened.current === key) return;
    opened.current = key;
    const others = (view.messages[id] ?? []).filter((message) => message.userId !== view.me.id);
    const unreadOnes = unread > 0 ? others.slice(-unread) : [];
    setFirstUnread(
      unreadOnes.find((message) => message.threadTs === undefined || message.broadcast)?.ts ?? null,
    );
  }, [key, id]);

  useEffect(() => {
    const mark = `${key} ${newest}`;
    if (unread === 0 || !visible || lastMark.current === mark) return;
    lastMark.current = mark;
    act({ type: 'read', channel: id }).catch((error: unknown) => showToast(messageOf(error)));
  }, [key, id, newest, unread, visible, act, showToast]);

  return firstUnread;
}
