import { type ReactNode, useLayoutEffect, useRef } from 'react';

interface DialogProps {
  readonly className: string;
  readonly labelledBy: string;
  readonly describedBy?: string;
  /** Escape, however often it is pressed. */
  readonly onEscape: () => void;
  readonly children: ReactNode;
}

/**
 * A native modal dialog: the browser keeps focus inside and the rest of the page inert. It never closes by itself,
 * only by being unmounted; then focus returns to where it was before, if that is still there.
 */
export function Dialog({ className, labelledBy, describedBy, onEscape, children }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  // Before the effects of what is inside, which put focus on the first control.
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
