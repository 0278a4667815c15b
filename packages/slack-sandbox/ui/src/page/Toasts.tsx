import { useCallback, useRef, useState } from 'react';
import { Icon } from './Icon';
import { useLooseNotices } from './useNotices';

interface Toast {
  readonly id: number;
  readonly words: string;
}

const SHOWN_MS = 8000;

/** Lines in a corner that go away by themselves. */
export function useToasts(): readonly [readonly Toast[], (words: string) => void, (id: number) => void] {
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const count = useRef(0);
  const dismiss = useCallback(
    (id: number) => setToasts((before) => before.filter((toast) => toast.id !== id)),
    [],
  );
  const tell = useCallback(
    (words: string) => {
      count.current += 1;
      const id = count.current;
      setToasts((before) => [...before, { id, words }]);
      setTimeout(() => dismiss(id), SHOWN_MS);
    },
    [dismiss],
  );
  return [toasts, tell, dismiss];
}

interface ToastsProps {
  readonly toasts: readonly Toast[];
  readonly onDismiss: (id: number) => void;
}

/** What failed without a better place to say so, and Slack's notices that belong to no conversation. */
export function Toasts({ toasts, onDismiss }: ToastsProps) {
  const [notices, dismissNotice] = useLooseNotices();
  return (
    <div className="toasts" role="status" aria-label="Notices">
      {notices.map(({ seq, text }) => (
        <Line key={`notice-${seq}`} words={`Slackbot: ${text}`} onDismiss={() => dismissNotice(seq)} />
      ))}
      {toasts.map(({ id, words }) => (
        <Line key={id} words={words} onDismiss={() => onDismiss(id)} />
      ))}
    </div>
  );
}

function Line({ words, onDismiss }: { readonly words: string; readonly onDismiss: () => void }) {
  return (
    <p className="toast">
      {words}
      <button type="button" className="icon-button" aria-label="Hide notice" onClick={onDismiss}>
        <Icon name="close" />
      </button>
    </p>
  );
}
