import { useEffect, useLayoutEffect, useRef } from 'react';
import type { SeenMessage } from '../../../src/protocol';
import { LibraryBlock } from '../blocks/LibraryBlock';
import { useSandbox } from '../live/sandbox';
import { dayLabel } from '../text/dates';
import { Icon } from './Icon';
import { MessageItem } from './MessageItem';
import { type Line, type PlacedNotice, timeline } from './timeline';
import { usePagedList } from './usePagedList';

interface MessageListProps {
  /** The accessible name of the log. */
  readonly label: string;
  readonly messages: readonly SeenMessage[];
  readonly notices: readonly PlacedNotice[];
  readonly firstUnreadTs: string | null;
  readonly empty: string;
  /** Absent inside a thread. */
  readonly onOpenThread?: (ts: string) => void;
}

const NEAR_END_PX = 120;
/** Messages drawn at first, and added by each `Show earlier messages`. */
const PAGE_SIZE = 80;

/** A log that follows new messages while the reader is at its end. */
export function MessageList({
  label,
  messages,
  notices,
  firstUnreadTs,
  empty,
  onOpenThread,
}: MessageListProps) {
  const { view } = useSandbox();
  const log = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const { shown, hidden, showMore } = usePagedList(messages, PAGE_SIZE);
  const lines = timeline(shown, notices, firstUnreadTs, view.me.tz);
  const scrolledBefore = useRef<{ readonly height: number; readonly top: number } | null>(null);
  const showEarlier = () => {
    if (log.current !== null)
      scrolledBefore.current = { height: log.current.scrollHeight, top: log.current.scrollTop };
    showMore();
  };

  // Earlier messages appear above without moving what the person reads.
  useLayoutEffect(() => {
    if (log.current === null || scrolledBefore.current === null) return;
    log.current.scrollTop =
      log.current.scrollHeight - scrolledBefore.current.height + scrolledBefore.current.top;
    scrolledBefore.current = null;
  }, [hidden]);

  useLayoutEffect(() => {
    if (log.current !== null && atEnd.current) log.current.scrollTop = log.current.scrollHeight;
  });
  useEffect(() => {
    const element = log.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => {
      if (atEnd.current) element.scrollTop = element.scrollHeight;
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  return (
    <div
      ref={log}
      role="log"
      aria-label={label}
      className="message-list"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
      tabIndex={0}
      onScroll={(event) => {
        const { scrollHeight, scrollTop, clientHeight } = event.currentTarget;
        atEnd.current = scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
      }}
    >
      <div className="message-list-spacer" />
      {hidden > 0 && (
        <button type="button" className="button small show-earlier" onClick={showEarlier}>
          Show earlier messages ({hidden})
        </button>
      )}
      {lines.length === 0 && <p className="empty">{empty}</p>}
      {lines.map((line) => (
        <LineView key={line.key} line={line} {...(onOpenThread === undefined ? {} : { onOpenThread })} />
      ))}
    </div>
  );
}

function LineView({
  line,
  onOpenThread,
}: {
  readonly line: Line;
  readonly onOpenThread?: (ts: string) => void;
}) {
  const { view, now } = useSandbox();
  switch (line.kind) {
    case 'day':
      return (
        <p className="day-line">
          <span>{dayLabel(line.at, view.me.tz, now)}</span>
        </p>
      );
    case 'new':
      return (
        <p className="new-line">
          <span>New</span>
        </p>
      );
    case 'notice':
      return (
        <article className="message ephemeral" aria-label={`Slackbot: ${line.notice.text}`}>
          <p className="only-you">
            <Icon name="eye" /> Only visible to you
          </p>
          <span className="avatar large slackbot" aria-hidden="true">
            S
          </span>
          <div className="message-main">
            <p className="message-head">
              <b>Slackbot</b>
            </p>
            <LibraryBlock block={{ type: 'section', text: { type: 'mrkdwn', text: line.notice.text } }} />
          </div>
        </article>
      );
    case 'message':
      return (
        <MessageItem
          message={line.message}
          compact={line.compact}
          {...(onOpenThread === undefined ? {} : { onOpenThread })}
        />
      );
  }
}
