import { type ReactNode, useLayoutEffect, useRef, useState } from 'react';

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
  // Read before the content moves the focus: its effects run before those of the dialog.
  const [before] = useState(() => document.activeElement);
  useLayoutEffect(() => {
    const dialog = ref.current;
    if (dialog !== null) openDialog(dialog);
    return () => {
      dialog?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, [before]);
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

/** Shows a dialog that is not shown yet: only then can the focus move into it. */
export function openDialog(dialog: HTMLDialogElement): void {
  if (!dialog.open) dialog.showModal();
}
