import { useCallback, useRef, useState } from 'react';
import { Icon } from './Icon';
import { useGlobalNotices } from './useNotices';

interface Toast {
  readonly id: number;
  readonly text: string;
}

const SHOWN_MS = 8000;

/** Lines in a corner, which disappear after a while. @returns them, a function that shows one, and one that hides it */
export function useToasts(): readonly [readonly Toast[], (text: string) => void, (id: number) => void] {
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const count = useRef(0);
  const dismiss = useCallback(
    (id: number) => setToasts((before) => before.filter((toast) => toast.id !== id)),
    [],
  );
  const showToast = useCallback(
    (text: string) => {
      count.current += 1;
      const id = count.current;
      setToasts((before) => [...before, { id, text }]);
      setTimeout(() => dismiss(id), SHOWN_MS);
    },
    [dismiss],
  );
  return [toasts, showToast, dismiss];
}

interface ToastsProps {
  readonly toasts: readonly Toast[];
  readonly onDismiss: (id: number) => void;
}

/** Failures that the page shows nowhere else, and Slack's notices that belong to no conversation. */
export function Toasts({ toasts, onDismiss }: ToastsProps) {
  const [notices, dismissNotice] = useGlobalNotices();
  return (
    <div className="toasts" role="status" aria-label="Notices">
      {notices.map(({ seq, text }) => (
        <Line key={`notice-${seq}`} text={`Slackbot: ${text}`} onDismiss={() => dismissNotice(seq)} />
      ))}
      {toasts.map(({ id, text }) => (
        <Line key={id} text={text} onDismiss={() => onDismiss(id)} />
      ))}
    </div>
  );
}

function Line({ text, onDismiss }: { readonly text: string; readonly onDismiss: () => void }) {
  return (
    <p className="toast">
      {text}
      <button type="button" className="icon-button" aria-label="Hide notice" onClick={onDismiss}>
        <Icon name="close" />
      </button>
    </p>
  );
}
