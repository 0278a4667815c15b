import { useState } from 'react';
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

const FILTER_FROM = 8;

/** A list of boxes to tick, with a filter once it is long. Choices keep the order in which they were made. */
export function MultiSelect({ choices, picked, control, placeholder, max, onPick }: MultiSelectProps) {
  const [filter, setFilter] = useState('');
  const full = max !== undefined && picked.length >= max;
  const shown = choices.filter((choice) => choice.label.toLowerCase().includes(filter.toLowerCase()));
  const toggle = (choice: Choice, on: boolean) => {
    const values = on ? [...picked, choice.value] : picked.filter((value) => value !== choice.value);
    const next = values.flatMap((value) => choices.filter((candidate) => candidate.value === value));
    void onPick(next);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be named by the block's label
    <div {...ariaOfGroup(control)} role="group" className="multi-select">
      {choices.length >= FILTER_FROM && (
        <input
          type="search"
          className="field"
          aria-label="Filter the choices"
          placeholder={placeholder ?? 'Filter…'}
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
        />
      )}
      <div className="multi-list">
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
      {full && <p className="input-hint">{max === 1 ? 'One at most.' : `${max} at most.`}</p>}
    </div>
  );
}
