import { useEffect, useRef } from 'react';
import type { Conversation } from '../../../src/protocol';
import { titleOf, useSandbox } from '../live/sandbox';
import { Composer } from './Composer';
import { refuseCommand } from './ConversationPane';
import { Icon } from './Icon';
import { MessageList } from './MessageList';

interface ThreadPaneProps {
  readonly conversation: Conversation;
  readonly ts: string;
  readonly onClose: () => void;
}

/** A thread beside its conversation. Needs a key, because another thread is another pane. */
export function ThreadPane({ conversation, ts, onClose }: ThreadPaneProps) {
  const { view, act } = useSandbox();
  const head = useRef<HTMLHeadingElement>(null);
  const messages = (view.messages[conversation.id] ?? []).filter(
    (message) => message.ts === ts || message.threadTs === ts,
  );
  const replies = messages.filter((message) => message.ts !== ts).length;
  const title = titleOf(conversation);

  useEffect(() => {
    head.current?.focus();
  }, []);

  return (
    <aside className="thread-pane" aria-label="Thread">
      <header className="pane-head">
        <h2 ref={head} tabIndex={-1}>
          Thread <span className="muted">{title}</span>
        </h2>
        <p className="pane-topic">{replies === 0 ? '' : replies === 1 ? '1 reply' : `${replies} replies`}</p>
        <button
          type="button"
          className="icon-button"
          aria-label="Close thread"
          title="Close thread"
          onClick={onClose}
        >
          <Icon name="close" />
        </button>
      </header>
      <MessageList
        label={`Thread in ${title}`}
        messages={messages}
        notices={[]}
        firstUnreadTs={null}
        empty="This thread is gone."
      />
      {conversation.isArchived ? (
        <p className="no-composer">{title} is archived.</p>
      ) : (
        <Composer
          label="Reply in thread"
          draftKey={`${view.me.id} ${conversation.id} ${ts}`}
          onSend={async (text) => {
            refuseCommand(text);
            await act({ type: 'post', channel: conversation.id, text, threadTs: ts });
          }}
          inThread
        />
      )}
    </aside>
  );
}
