import { type ReactNode, useLayoutEffect, useRef } from 'react';

interface DialogProps {
  readonly className: string;
  readonly labelledBy: string;
  readonly describedBy?: string;
  /** Called on every Escape. */
  readonly onEscape: () => void;
  readonly children: ReactNode;
}

/**
 * A native modal dialog: the browser keeps the focus inside and the rest of the page inert. It closes only when React
 * unmounts it, and the focus returns to its element of before if that still exists.
 */
export function Dialog({ className, labelledBy, describedBy, onEscape, children }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  // A layout effect, because it must run before the effects of the content, which move the focus.
  useLayoutEffect(() => {
    const dialog = ref.current;
    const before = document.activeElement;
    if (dialog !== null && !dialog.open) dialog.showModal();
    return () => {
      dialog?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={ref}
      className={className}
      aria-labelledby={labelledBy}
      aria-describedby={describedBy}
      onCancel={(event) => event.preventDefault()}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        event.stopPropagation();
        onEscape();
      }}
    >
      {children}
    </dialog>
  );
}
