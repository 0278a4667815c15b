import { type KeyboardEvent, useId, useLayoutEffect, useRef, useState } from 'react';
import { placeVertically } from '../page/popover';
import type { Choice } from './choices';
import { ariaOf, type ControlNaming } from './controlProps';

interface ComboboxProps {
  readonly control: ControlNaming;
  readonly placeholder: string | undefined;
  /** The text of the field while nobody types. */
  readonly shown: string;
  readonly choices: readonly Choice[];
  readonly picked: readonly string[];
  /** Stands below the choices, or in their place. */
  readonly note: string | null;
  readonly pending: boolean;
  /** Called when the list opens and when the text changes. */
  readonly onSearch: (typed: string, how: 'now' | 'typing') => void;
  readonly onPick: (choice: Choice) => void;
  /** Called on Backspace in an empty field. */
  readonly onBackspace?: () => void;
}

/** A text field with a list of choices. Arrow keys, Enter and Escape work as in the ARIA pattern of this name. */
export function Combobox(props: ComboboxProps) {
  const { control, choices, picked, note, pending, onSearch, onPick } = props;
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const [at, setAt] = useState(0);
  const field = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const open = typed !== null;
  const current = choices[Math.min(at, choices.length - 1)];

  // A popover stands in the browser's top layer, where no scrolling modal clips it.
  useLayoutEffect(() => {
    const box = list.current;
    const anchor = field.current?.getBoundingClientRect();
    if (!open || box === null || anchor === undefined) return;
    if (!box.matches(':popover-open')) box.showPopover();
    box.style.width = `${anchor.width}px`;
    box.style.left = `${anchor.left}px`;
    placeVertically(box, anchor);
  });
  useLayoutEffect(() => {
    if (open) document.getElementById(`${id}-${at}`)?.scrollIntoView({ block: 'nearest' });
  }, [id, at, open]);

  const show = () => {
    if (open) return;
    setTyped('');
    setAt(0);
    onSearch('', 'now');
  };
  const hide = () => setTyped(null);
  const pick = (choice: Choice) => {
    hide();
    onPick(choice);
  };
  const move = (step: number) => {
    if (!open) show();
    else if (choices.length > 0) setAt((before) => (before + step + choices.length) % choices.length);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      move(event.key === 'ArrowDown' ? 1 : -1);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      if (!open) show();
      else if (current !== undefined) pick(current);
    } else if (event.key === 'Escape' && open) {
      event.preventDefault();
      event.stopPropagation();
      hide();
    } else if (event.key === 'Backspace' && (typed ?? '') === '') props.onBackspace?.();
  };
  return (
    <span className={pending ? 'combobox pending' : 'combobox'}>
      <input
        {...ariaOf(control)}
        ref={field}
        type="text"
        role="combobox"
        className="field"
        autoComplete="off"
        aria-autocomplete="list"
        aria-expanded={open}
        aria-controls={`${id}-list`}
        aria-activedescendant={
          open && current !== undefined ? `${id}-${choices.indexOf(current)}` : undefined
        }
        aria-busy={pending || undefined}
        placeholder={props.placeholder ?? 'Search…'}
        value={typed ?? props.shown}
        onChange={(event) => {
          setTyped(event.target.value);
          setAt(0);
          onSearch(event.target.value, 'typing');
        }}
        onClick={show}
        onKeyDown={onKeyDown}
        onBlur={hide}
      />
      {open && (
        <div ref={list} popover="manual" className="menu combobox-list">
          <div id={`${id}-list`} role="listbox" aria-label="Options">
            {choices.map((choice, index) => (
              <div key={choice.value}>
                {choice.group !== undefined && choice.group !== choices[index - 1]?.group && (
                  <p className="combobox-group">{choice.group}</p>
                )}
                <div
                  id={`${id}-${index}`}
                  role="option"
                  tabIndex={-1}
                  aria-selected={picked.includes(choice.value)}
                  className={choice === current ? 'menu-item current' : 'menu-item'}
                  onPointerDown={(event) => {
                    event.preventDefault();
                    pick(choice);
                  }}
                >
                  <span>{choice.label}</span>
                  {choice.description !== undefined && <small>{choice.description}</small>}
                </div>
              </div>
            ))}
          </div>
          <p role="status" className="combobox-note">
            {note}
          </p>
        </div>
      )}
    </span>
  );
}
