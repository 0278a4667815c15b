import { useState } from 'react';
import { messageOf } from '../live/control';
import { useSandbox } from '../live/sandbox';

interface EditBoxProps {
  readonly channel: string;
  readonly ts: string;
  readonly text: string;
  readonly onDone: () => void;
}

/** Edits a message of the acting person. Enter saves, Escape cancels. */
export function EditBox({ channel, ts, text, onDone }: EditBoxProps) {
  const { act } = useSandbox();
  const [words, setWords] = useState(text);
  const [problem, setProblem] = useState<string | null>(null);
  const save = async () => {
    try {
      await act({ type: 'edit', channel, ts, text: words });
      onDone();
    } catch (error) {
      setProblem(messageOf(error));
    }
  };
  return (
    <div className="edit-box">
      <textarea
        className="field"
        aria-label="Edit message"
        // biome-ignore lint/a11y/noAutofocus: the person just chose to edit
        autoFocus
        rows={3}
        value={words}
        onChange={(event) => setWords(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onDone();
          if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
            event.preventDefault();
            void save();
          }
        }}
      />
      {problem !== null && (
        <p className="input-error" role="alert">
          {problem}
        </p>
      )}
      <div className="actions-row">
        <button type="button" className="button" onClick={onDone}>
          Cancel
        </button>
        <button type="button" className="button primary" onClick={() => void save()}>
          Save
        </button>
      </div>
    </div>
  );
}
