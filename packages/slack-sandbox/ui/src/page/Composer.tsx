import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { usePending } from '../elements/usePending';
import { messageOf } from '../live/control';
import { useSandbox } from '../live/sandbox';
import { Icon } from './Icon';
import { Menu } from './Menu';
import { completed, type Suggestion, suggestionsFor } from './suggestions';

interface ComposerProps {
  /** The accessible name and placeholder, such as `Message #requests`. */
  readonly label: string;
  /** The key of its draft, which the page keeps while it is open. */
  readonly draftKey: string;
  /** Sends the text. If it throws, the composer shows the message and keeps the text. */
  readonly onSend: (text: string) => Promise<void>;
  /** Threads have no commands and no global shortcuts. */
  readonly inThread: boolean;
}

const drafts = new Map<string, string>();

export function Composer({ label, draftKey, onSend, inThread }: ComposerProps) {
  const { workspace, act } = useSandbox();
  const id = useId();
  const [text, setTextState] = useState(drafts.get(draftKey) ?? '');
  const [caret, setCaret] = useState(0);
  const [picked, setPicked] = useState(0);
  const [dismissed, setDismissed] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [pending, run] = usePending();
  const field = useRef<HTMLTextAreaElement>(null);
  /** The position of the caret after a completion, until the field has the completed text. */
  const caretToSet = useRef<number | null>(null);
  const suggestions = dismissed ? [] : suggestionsFor(text, caret, workspace, inThread);
  const current = suggestions[Math.min(picked, suggestions.length - 1)];

  const setText = (next: string) => {
    drafts.set(draftKey, next);
    setTextState(next);
  };

  // The field grows with its text.
  useEffect(() => {
    const element = field.current;
    if (element === null) return;
    element.style.height = 'auto';
    element.style.height = `${element.scrollHeight}px`;
  }, [text]);

  // A layout effect, so that the next key lands behind the completion.
  useLayoutEffect(() => {
    const wanted = caretToSet.current;
    if (wanted === null) return;
    caretToSet.current = null;
    field.current?.focus();
    field.current?.setSelectionRange(wanted, wanted);
  });

  const send = () =>
    run(async () => {
      const words = text.trim();
      if (words === '') return;
      setProblem(null);
      setText('');
      try {
        await onSend(words);
      } catch (error) {
        setText(text);
        setProblem(messageOf(error));
      }
    });

  const take = (suggestion: Suggestion) => {
    const next = completed(text, suggestion);
    caretToSet.current = next.caret;
    setText(next.text);
    setCaret(next.caret);
    setDismissed(false);
    setPicked(0);
  };

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (current !== undefined) {
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
        event.preventDefault();
        const step = event.key === 'ArrowDown' ? 1 : -1;
        setPicked((before) => (before + step + suggestions.length) % suggestions.length);
        return;
      }
      if (event.key === 'Tab' || (event.key === 'Enter' && !current.complete)) {
        event.preventDefault();
        take(current);
        return;
      }
      if (event.key === 'Escape') {
        setDismissed(true);
        return;
      }
    }
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      void send();
    }
  };

  const shortcuts = workspace.app.shortcuts.filter((shortcut) => shortcut.type === 'global');
  const listId = `${id}-suggestions`;
  return (
    <div className="composer">
      {suggestions.length > 0 && (
        <div id={listId} role="listbox" aria-label="Suggestions" className="suggestions">
          {suggestions.map((suggestion, index) => (
            <div
              key={suggestion.key}
              id={`${id}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={suggestion === current}
              className="suggestion"
              onPointerDown={(event) => {
                event.preventDefault();
                take(suggestion);
              }}
            >
              <b>{suggestion.title}</b>
              {suggestion.hint !== '' && <span className="hint">{suggestion.hint}</span>}
              <small>{suggestion.description}</small>
            </div>
          ))}
        </div>
      )}
      <div className="composer-box">
        <textarea
          ref={field}
          rows={1}
          aria-label={label}
          placeholder={label}
          aria-autocomplete="list"
          aria-controls={suggestions.length > 0 ? listId : undefined}
          aria-activedescendant={current === undefined ? undefined : `${id}-${suggestions.indexOf(current)}`}
          aria-describedby={problem === null ? undefined : `${id}-problem`}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setCaret(event.target.selectionStart);
            setPicked(0);
            setDismissed(false);
            setProblem(null);
          }}
          onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
          onBlur={() => setDismissed(true)}
          onKeyDown={onKeyDown}
        />
        <div className="composer-buttons">
          {!inThread && shortcuts.length > 0 && (
            <Menu
              label="Shortcuts"
              className="icon-button"
              icon="bolt"
              items={shortcuts.map((shortcut) => ({
                key: shortcut.callbackId,
                label: shortcut.name,
                description: shortcut.description,
                onPick: () => {
                  act({ type: 'shortcut', callbackId: shortcut.callbackId }).catch((error: unknown) =>
                    setProblem(messageOf(error)),
                  );
                },
              }))}
            />
          )}
          <button
            type="button"
            className={text.trim() === '' ? 'send' : 'send ready'}
            aria-label="Send"
            title="Send"
            aria-busy={pending || undefined}
            aria-disabled={text.trim() === '' || undefined}
            onClick={() => void send()}
          >
            <Icon name="send" />
          </button>
        </div>
      </div>
      {problem !== null && (
        <p id={`${id}-problem`} className="composer-problem" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}
