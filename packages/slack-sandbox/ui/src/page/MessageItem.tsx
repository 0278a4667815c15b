import type { ConfirmationDialog } from '@slack/types';
import { useState } from 'react';
import type { SeenMessage } from '../../../src/protocol';
import { LibraryBlock } from '../blocks/LibraryBlock';
import { messageOf } from '../live/control';
import { failureOf, personById, useSandbox } from '../live/sandbox';
import { useConfirm } from '../modal/confirm';
import { clock, momentLabel, tsToMs, wholeDate } from '../text/dates';
import { emojiNamed } from '../text/emoji';
import { decodeTyped, plainLine } from '../text/mrkdwn';
import { Attachments } from './Attachments';
import { Avatar } from './Avatar';
import { BlockSurface } from './BlockSurface';
import { EditBox } from './EditBox';
import { Files } from './Files';
import { Icon } from './Icon';
import { Menu, type MenuItem } from './Menu';

interface MessageItemProps {
  readonly message: SeenMessage;
  /** Whether it follows a message of the same author, and has no head. */
  readonly compact: boolean;
  /** Absent inside a thread. */
  readonly onOpenThread?: (ts: string) => void;
}

export function MessageItem({ message, compact, onOpenThread }: MessageItemProps) {
  const { workspace, view } = useSandbox();
  const [editing, setEditing] = useState(false);
  const author = personById(workspace, message.userId);
  const { tz } = view.me;
  const at = tsToMs(message.ts);
  const name = author?.realName ?? message.userId;
  const words = plainLine(message.text, workspace.people);
  const classes = ['message', compact ? 'compact' : '', message.ephemeral ? 'ephemeral' : ''];

  return (
    <article
      className={classes.filter((part) => part !== '').join(' ')}
      aria-label={`${name}, ${clock(at, tz)}: ${words}`}
      data-ts={message.ts}
    >
      {message.ephemeral && (
        <p className="only-you">
          <Icon name="eye" /> Only visible to you
        </p>
      )}
      {compact ? (
        <time className="compact-time" title={wholeDate(at, tz)}>
          {clock(at, tz)}
        </time>
      ) : (
        <Avatar person={author} />
      )}
      <div className="message-main">
        {!compact && (
          <p className="message-head">
            <b>{name}</b>
            {message.botId !== undefined && <span className="app-label">App</span>}
            {author?.isStranger === true && <span className="app-label">other workspace</span>}
            <time dateTime={new Date(at).toISOString()} title={wholeDate(at, tz)}>
              {clock(at, tz)}
            </time>
          </p>
        )}
        {message.broadcast === true && message.threadTs !== undefined && (
          <BroadcastLink
            message={message}
            threadTs={message.threadTs}
            {...(onOpenThread ? { onOpenThread } : {})}
          />
        )}
        {editing ? (
          <EditBox
            channel={message.channel}
            ts={message.ts}
            text={decodeTyped(message.text, workspace.people)}
            onDone={() => setEditing(false)}
          />
        ) : (
          <>
            <MessageBody message={message} />
            <Attachments message={message} />
          </>
        )}
        {message.edited && <span className="edited">(edited)</span>}
        <Files files={message.files} />
        {message.reactions.length > 0 && (
          <ul className="reactions" aria-label="Reactions">
            {message.reactions.map((reaction) => (
              <li
                key={reaction.name}
                title={reaction.userIds.map((id) => personById(workspace, id)?.realName ?? id).join(', ')}
              >
                {emojiNamed(reaction.name)} {reaction.userIds.length}
              </li>
            ))}
          </ul>
        )}
        {onOpenThread !== undefined && message.replyCount > 0 && (
          <ThreadLink message={message} onOpen={() => onOpenThread(message.ts)} />
        )}
      </div>
      <MessageTools
        message={message}
        onEdit={() => setEditing(true)}
        {...(onOpenThread === undefined ? {} : { onOpenThread })}
      />
    </article>
  );
}

function MessageBody({ message }: { readonly message: SeenMessage }) {
  if (message.blocks.length > 0) {
    return (
      <BlockSurface
        kind="message"
        id={`message-${message.ts}`}
        version={JSON.stringify(message.blocks)}
        blocks={message.blocks}
        target={{ in: 'message', channel: message.channel, ts: message.ts }}
      />
    );
  }
  if (message.text === '') return null;
  return (
    <div className="message-text">
      <LibraryBlock block={{ type: 'section', text: { type: 'mrkdwn', text: message.text } }} />
    </div>
  );
}

/** As on Slack: in the channel the words of the root, which open the thread; in the thread a line alone. */
function BroadcastLink({
  message,
  threadTs,
  onOpenThread,
}: {
  readonly message: SeenMessage;
  readonly threadTs: string;
  readonly onOpenThread?: (ts: string) => void;
}) {
  const { workspace, view } = useSandbox();
  if (onOpenThread === undefined) return <p className="muted">Also sent to the channel</p>;
  const root = view.messages[message.channel]?.find(({ ts }) => ts === threadTs);
  const words = root === undefined ? 'a message' : plainLine(root.text, workspace.people);
  return (
    <p className="muted">
      replied to a thread:{' '}
      <button type="button" className="thread-link" onClick={() => onOpenThread(threadTs)}>
        {words}
      </button>
    </p>
  );
}

function ThreadLink({ message, onOpen }: { readonly message: SeenMessage; readonly onOpen: () => void }) {
  const { workspace, view, now } = useSandbox();
  const replies = (view.messages[message.channel] ?? []).filter(({ threadTs }) => threadTs === message.ts);
  const last = replies.at(-1);
  const authors = [...new Set(replies.map(({ userId }) => userId))].slice(0, 4);
  return (
    <button type="button" className="thread-link" onClick={onOpen}>
      <span className="avatars">
        {authors.map((id) => (
          <Avatar key={id} person={personById(workspace, id)} size="small" />
        ))}
      </span>
      <b>{message.replyCount === 1 ? '1 reply' : `${message.replyCount} replies`}</b>
      {last !== undefined && (
        <span className="muted">Last reply {momentLabel(tsToMs(last.ts), view.me.tz, now)}</span>
      )}
    </button>
  );
}

interface MessageToolsProps {
  readonly message: SeenMessage;
  readonly onEdit: () => void;
  readonly onOpenThread?: (ts: string) => void;
}

/** The text is Slack's own. */
const DELETING: ConfirmationDialog = {
  title: { type: 'plain_text', text: 'Delete message' },
  text: {
    type: 'plain_text',
    text: 'Are you sure you want to delete this message? This cannot be undone.',
  },
  confirm: { type: 'plain_text', text: 'Delete' },
  deny: { type: 'plain_text', text: 'Cancel' },
  style: 'danger',
};

/** Actions that appear on hover and focus: reply, the app's message shortcuts, edit, delete. */
function MessageTools({ message, onEdit, onOpenThread }: MessageToolsProps) {
  const { workspace, view, act, showToast } = useSandbox();
  const confirm = useConfirm();
  if (message.ephemeral) return null;
  const { channel, ts } = message;
  const attempt = async (work: () => ReturnType<typeof act>) => {
    try {
      const failure = failureOf(await work(), workspace.app.name);
      if (failure !== null) showToast(failure);
    } catch (error) {
      showToast(messageOf(error));
    }
  };
  const remove = async () => {
    if (await confirm(DELETING)) await attempt(() => act({ type: 'delete', channel, ts }));
  };
  const isMine = message.userId === view.me.id;
  const reply = () => onOpenThread?.(message.threadTs ?? ts);
  const items: readonly MenuItem[] = [
    ...(onOpenThread === undefined ? [] : [{ key: 'reply', label: 'Reply in thread', onPick: reply }]),
    ...workspace.app.shortcuts
      .filter((shortcut) => shortcut.type === 'message')
      .map((shortcut) => ({
        key: shortcut.callbackId,
        label: shortcut.name,
        description: shortcut.description === '' ? workspace.app.name : shortcut.description,
        onPick: () =>
          void attempt(() =>
            act({ type: 'shortcut', callbackId: shortcut.callbackId, message: { channel, ts } }),
          ),
      })),
    ...(isMine
      ? [
          { key: 'edit', label: 'Edit message', onPick: onEdit },
          {
            key: 'delete',
            label: 'Delete message',
            danger: true,
            onPick: () => void remove(),
          },
        ]
      : []),
    {
      key: 'copy',
      label: 'Copy message as JSON',
      onPick: () => {
        navigator.clipboard
          .writeText(JSON.stringify(message, null, 2))
          .then(() => showToast('Copied.'))
          .catch((error: unknown) => showToast(messageOf(error)));
      },
    },
  ];
  return (
    <div className="message-tools">
      {onOpenThread !== undefined && (
        <button
          type="button"
          className="icon-button only-hover"
          aria-label="Reply in thread"
          title="Reply in thread"
          onClick={reply}
        >
          <Icon name="reply" />
        </button>
      )}
      <Menu label="More actions" className="icon-button" icon="more" items={items} />
    </div>
  );
}
