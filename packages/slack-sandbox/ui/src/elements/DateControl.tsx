import { useEffect, useRef, useState } from 'react';
import type { ElementState } from '../../../src/protocol';
import { fromLocalInput, toLocalInput } from '../text/dates';
import { ariaOf, type ControlNaming } from './controlProps';

type Kind = 'datepicker' | 'timepicker' | 'datetimepicker';

interface DateControlProps {
  readonly kind: Kind;
  readonly state: ElementState;
  /** The acting person's time zone, in which the typed time is read. */
  readonly tz: string;
  readonly control: ControlNaming;
  /** Waits for a pause in typing, so that half a typed year does not go to the app as a choice. */
  readonly delayed: boolean;
  readonly onChange: (state: ElementState) => Promise<void>;
}

const INPUT_TYPES = { datepicker: 'date', timepicker: 'time', datetimepicker: 'datetime-local' } as const;
const PAUSE_MS = 600;

export function DateControl({ kind, state, tz, control, delayed, onChange }: DateControlProps) {
  const stored = shown(kind, state, tz);
  const [typed, setTyped] = useState<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  const choose = (value: string) => {
    clearTimeout(timer.current);
    setTyped(null);
    if (value !== stored) void onChange(stateFor(kind, value, tz));
  };
  const change = (value: string) => {
    if (!delayed) {
      choose(value);
      return;
    }
    setTyped(value);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => choose(value), PAUSE_MS);
  };
  return (
    <span className="date-control">
      <input
        {...ariaOf(control)}
        className="field"
        type={INPUT_TYPES[kind]}
        value={typed ?? stored}
        onChange={(event) => change(event.target.value)}
        onBlur={() => typed !== null && choose(typed)}
        onKeyDown={(event) => event.key === 'Enter' && typed !== null && choose(typed)}
      />
      {kind !== 'datepicker' && <span className="muted">{tz}</span>}
    </span>
  );
}

function shown(kind: Kind, state: ElementState, tz: string): string {
  switch (kind) {
    case 'datepicker':
      return state.selected_date ?? '';
    case 'timepicker':
      return state.selected_time ?? '';
    case 'datetimepicker':
      return typeof state.selected_date_time === 'number' ? toLocalInput(state.selected_date_time, tz) : '';
  }
}

function stateFor(type: Kind, value: string, tz: string): ElementState {
  switch (type) {
    case 'datepicker':
      return { type, selected_date: value === '' ? null : value };
    case 'timepicker':
      return { type, selected_time: value === '' ? null : value };
    case 'datetimepicker':
      return { type, selected_date_time: fromLocalInput(value, tz) };
  }
}
