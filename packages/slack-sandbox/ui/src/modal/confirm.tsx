import type { ConfirmationDialog } from '@slack/types';
import { createContext, type ReactNode, useCallback, useContext, useId, useState } from 'react';
import { TextObjectView } from '../blocks/TextObjectView';
import { plain } from '../text/plain';
import { Dialog } from './Dialog';

type Ask = (dialog: ConfirmationDialog | undefined) => Promise<boolean>;

const ConfirmContext = createContext<Ask>(() => Promise.resolve(true));

/** Asks with a confirmation dialog. Resolves to true at once if the element has none. */
export const useConfirm = (): Ask => useContext(ConfirmContext);

interface Question {
  readonly dialog: ConfirmationDialog;
  readonly answer: (yes: boolean) => void;
}

export function ConfirmProvider({ children }: { readonly children: ReactNode }) {
  const [question, setQuestion] = useState<Question | null>(null);
  const ask: Ask = useCallback((dialog) => {
    if (dialog === undefined) return Promise.resolve(true);
    return new Promise((resolve) => {
      setQuestion({
        dialog,
        answer: (yes) => {
          setQuestion(null);
          resolve(yes);
        },
      });
    });
  }, []);
  return (
    <ConfirmContext value={ask}>
      {children}
      {question !== null && <ConfirmDialog {...question} />}
    </ConfirmContext>
  );
}

function ConfirmDialog({ dialog, answer }: Question) {
  const id = useId();
  const style = dialog.style === 'danger' ? 'danger' : 'primary';
  return (
    <Dialog
      className="dialog confirm"
      labelledBy={`${id}-title`}
      describedBy={`${id}-text`}
      onEscape={() => answer(false)}
    >
      <h2 id={`${id}-title`} className="confirm-title">
        {dialog.title === undefined ? 'Are you sure?' : plain(dialog.title)}
      </h2>
      <div id={`${id}-text`} className="confirm-text">
        <TextObjectView text={dialog.text} />
      </div>
      <div className="dialog-buttons">
        <button type="button" className="button" onClick={() => answer(false)}>
          {dialog.deny === undefined ? 'Cancel' : plain(dialog.deny)}
        </button>
        {/* biome-ignore lint/a11y/noAutofocus: the question is about this button */}
        <button type="button" className={`button ${style}`} autoFocus onClick={() => answer(true)}>
          {dialog.confirm === undefined ? 'Yes' : plain(dialog.confirm)}
        </button>
      </div>
    </Dialog>
  );
}
