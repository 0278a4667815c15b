import type { AnyBlock } from '@slack/types';
import { Component, type ReactNode, useMemo } from 'react';
import { type Block, Message, type MessageProps } from 'slack-blocks-to-jsx';
import type { Person } from '../../../src/protocol';
import { personById, type Sandbox, useSandbox } from '../live/sandbox';
import { formatSlackDate, wholeDate } from '../text/dates';
import { adaptForLibrary } from './adaptForLibrary';
import { OutsideLink } from './OutsideLink';

/** A block that only displays, drawn by the library. Mentions and dates are those of the acting person. */
export function LibraryBlock({ block }: { readonly block: AnyBlock }) {
  const sandbox = useSandbox();
  const { workspace, view, theme, now } = sandbox;
  // The library reads its data and hooks only when it mounts, so the key has the acting person and everybody it names.
  // It has the minute too, because dates say "today" and "5 minutes ago". Nothing else draws again: parsing is slow.
  const minute = Math.floor(now / 60_000);
  const key = `${view.me.id} ${theme} ${workspace.people.length} ${view.conversations.length} ${minute}`;
  const json = JSON.stringify(block);
  const drawn = useMemo(
    () => (
      <Message
        key={key}
        blocks={[toLibrary(block)]}
        withoutWrapper
        name=""
        logo=""
        theme={theme}
        hooks={hooksFor(sandbox)}
        data={{
          users: workspace.people.map(({ id, realName }) => ({ id, name: realName })),
          channels: view.conversations.map(({ id, name }) => ({ id, name })),
        }}
      />
    ),
    [key, json],
  );
  return (
    <DrawingBoundary key={json} block={block}>
      {drawn}
    </DrawingBoundary>
  );
}

function hooksFor({ workspace, view, now }: Sandbox): NonNullable<MessageProps['hooks']> {
  const { tz } = view.me;
  return {
    user: ({ id }) => <Mention person={personById(workspace, id)} id={id} isMe={id === view.me.id} />,
    channel: ({ id, name }) => (
      <a className="mention" href={`#/in/${id}`}>
        #{view.conversations.find((conversation) => conversation.id === id)?.name ?? name}
      </a>
    ),
    date: ({ timestamp, format, link, fallback }) => (
      <DateToken
        at={Number(timestamp) * 1000}
        format={format}
        link={link}
        fallback={fallback}
        tz={tz}
        now={now}
      />
    ),
    // The library drops the colons of an unknown name, such as `:no_such:`, and even of `10:30:45`.
    emoji: (data, parse) => {
      const drawn = parse(data);
      return drawn === data.name ? `:${data.name}:` : drawn;
    },
    link: ({ href, children }) => <OutsideLink href={href}>{children}</OutsideLink>,
  };
}

interface DateTokenProps {
  readonly at: number;
  readonly format: string;
  readonly link: string | null;
  readonly fallback: string;
  readonly tz: string;
  readonly now: number;
}

function DateToken({ at, format, link, fallback, tz, now }: DateTokenProps) {
  const time = Number.isNaN(at) ? (
    <span>{fallback}</span>
  ) : (
    <time dateTime={new Date(at).toISOString()} title={wholeDate(at, tz)}>
      {formatSlackDate(format, at, tz, now)}
    </time>
  );
  return link === null ? time : <OutsideLink href={link}>{time}</OutsideLink>;
}

function Mention({
  person,
  id,
  isMe,
}: {
  readonly person: Person | undefined;
  readonly id: string;
  readonly isMe: boolean;
}) {
  return (
    <span className={isMe ? 'mention me' : 'mention'} title={person?.title}>
      @{person?.realName ?? id}
    </span>
  );
}

/** The library has types of its own for Slack's blocks. */
const toLibrary = (block: AnyBlock): Block => adaptForLibrary(block) as Block;

/** Shows a block as JSON if the library throws, so that the page stays up. */
class DrawingBoundary extends Component<
  { readonly block: AnyBlock; readonly children: ReactNode },
  { readonly failed: boolean }
> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    return (
      <details className="undrawn">
        <summary>This {this.props.block.type} block cannot be drawn here</summary>
        <pre>{JSON.stringify(this.props.block, null, 2)}</pre>
      </details>
    );
  }
}
