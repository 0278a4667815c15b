import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { MaxHint } from './Chips';
import type { Choice } from './choices';
import { ariaOfGroup, type ControlNaming } from './controlProps';

interface MultiSelectProps {
  readonly choices: readonly Choice[];
  readonly picked: readonly string[];
  readonly control: ControlNaming;
  readonly placeholder: string | undefined;
  readonly max: number | undefined;
  readonly onPick: (choices: readonly Choice[]) => Promise<void>;
}

/** A list of so many choices has a filter. */
const FILTER_FROM = 8;

/**
 * A field that shows the picked choices and opens a list of checkboxes, as on Slack. The choices keep the order in which
 * the person made them.
 */
export function MultiSelect({ choices, picked, control, placeholder, max, onPick }: MultiSelectProps) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const [filter, setFilter] = useState('');
  const field = useRef<HTMLButtonElement>(null);
  const names = picked.flatMap((value) => choices.find((choice) => choice.value === value)?.label ?? []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !open) return;
    event.stopPropagation();
    setOpen(false);
    field.current?.focus();
  };
  const full = max !== undefined && picked.length >= max;
  const shown = choices.filter((choice) => choice.label.toLowerCase().includes(filter.toLowerCase()));
  const toggle = (choice: Choice, on: boolean) => {
    const values = on ? [...picked, choice.value] : picked.filter((value) => value !== choice.value);
    const next = values.flatMap((value) => choices.filter((candidate) => candidate.value === value));
    void onPick(next);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be named by the block's label
    <div {...ariaOfGroup(control)} role="group" className="multi-select" onKeyDown={onKeyDown}>
      <button
        ref={field}
        id={`${id}-field`}
        type="button"
        className={names.length === 0 ? 'multi-field empty' : 'multi-field'}
        aria-expanded={open}
        aria-controls={`${id}-list`}
        aria-labelledby={[control.labelledBy, `${id}-field`].filter(Boolean).join(' ')}
        onClick={() => setOpen((before) => !before)}
      >
        {names.length === 0 ? (placeholder ?? 'Choose…') : names.join(', ')}
      </button>
      {open && choices.length >= FILTER_FROM && (
        <input
          type="search"
          className="field"
          aria-label="Filter the choices"
          placeholder="Filter…"
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
        />
      )}
      <div id={`${id}-list`} className="multi-list" hidden={!open}>
        {shown.map((choice) => {
          const on = picked.includes(choice.value);
          return (
            <label key={choice.value} className="check">
              <input
                type="checkbox"
                checked={on}
                disabled={!on && full}
                onChange={(event) => toggle(choice, event.target.checked)}
              />
              <span>{choice.label}</span>
            </label>
          );
        })}
        {shown.length === 0 && <p className="muted">Nothing matches.</p>}
      </div>
      {full && <MaxHint max={max} />}
    </div>
  );
}
