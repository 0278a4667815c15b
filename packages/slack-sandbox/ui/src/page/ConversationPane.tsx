import type { Conversation } from '../../../src/protocol';
import { ControlFailure } from '../live/control';
import { personById, titleOf, useSandbox } from '../live/sandbox';
import { Avatar } from './Avatar';
import { Composer } from './Composer';
import { Icon } from './Icon';
import { MessageList } from './MessageList';
import { useFirstUnread } from './useFirstUnread';
import { usePlacedNotices } from './useNotices';

interface ConversationPaneProps {
  readonly conversation: Conversation;
  readonly onOpenThread: (ts: string) => void;
  /** False inside the app's pane, which has a head of its own. */
  readonly withHead: boolean;
}

export function ConversationPane({ conversation, onOpenThread, withHead }: ConversationPaneProps) {
  const { view, act } = useSandbox();
  const { id } = conversation;
  const roots = (view.messages[id] ?? []).filter(
    ({ threadTs, ts, broadcast }) => threadTs === undefined || threadTs === ts || broadcast === true,
  );
  const notices = usePlacedNotices(id);
  const firstUnread = useFirstUnread(conversation);
  const title = titleOf(conversation);

  const send = async (text: string) => {
    if (text.startsWith('/')) await act({ type: 'command', channel: id, text });
    else await act({ type: 'post', channel: id, text });
  };
  return (
    <section className="conversation" aria-label={title}>
      {withHead && <ConversationHead conversation={conversation} />}
      <MessageList
        label={title}
        messages={roots}
        notices={notices}
        firstUnreadTs={firstUnread}
        empty={
          conversation.kind === 'im'
            ? `This is the beginning of your messages with ${conversation.name}.`
            : `This is the very beginning of ${title}.`
        }
        onOpenThread={onOpenThread}
      />
      {conversation.isArchived ? (
        <p className="no-composer">{title} is archived. It can be read, and nothing can be posted.</p>
      ) : (
        <Composer
          label={`Message ${title}`}
          draftKey={`${view.me.id} ${id}`}
          onSend={send}
          inThread={false}
        />
      )}
    </section>
  );
}

function ConversationHead({ conversation }: { readonly conversation: Conversation }) {
  const { workspace } = useSandbox();
  const other =
    conversation.withUserId === undefined ? undefined : personById(workspace, conversation.withUserId);
  const members = conversation.memberIds.map((id) => personById(workspace, id));
  return (
    <header className="pane-head">
      <h1>
        {other === undefined ? (
          <Icon name={conversation.kind === 'group' ? 'lock' : 'hash'} />
        ) : (
          <Avatar person={other} size="small" />
        )}
        {conversation.name}
      </h1>
      <p className="pane-topic">
        {other === undefined ? conversation.topic : [other.title, other.tz].filter(Boolean).join(' · ')}
      </p>
      {other === undefined && (
        <p
          className="members"
          title={members.map((member) => member?.realName ?? '').join(', ')}
          role="img"
          aria-label={`${members.length} members: ${members.map((member) => member?.realName ?? 'unknown').join(', ')}`}
        >
          <span className="avatars">
            {members.slice(0, 3).map((member, index) => (
              <Avatar key={member?.id ?? index} person={member} size="small" />
            ))}
          </span>
          {members.length}
        </p>
      )}
    </header>
  );
}

/** Refuses a command, because Slack has none in threads. @throws ControlFailure */
export function refuseCommand(text: string): void {
  if (!text.startsWith('/')) return;
  const [command] = text.split(/\s/);
  throw new ControlFailure('no_commands_in_threads', `${command} does not work in threads, as on Slack.`);
}
