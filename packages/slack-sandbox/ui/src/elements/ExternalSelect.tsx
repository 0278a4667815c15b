import type { MultiExternalSelect, ExternalSelect as SlackExternalSelect } from '@slack/types';
import { Icon } from '../page/Icon';
import { Chips, MaxHint } from './Chips';
import { Combobox } from './Combobox';
import type { Choice } from './choices';
import type { ControlNaming } from './controlProps';
import { useSuggestions } from './useSuggestions';

interface CommonProps {
  readonly blockId: string;
  readonly actionId: string;
  readonly control: ControlNaming;
  readonly placeholder: string | undefined;
  readonly pending: boolean;
}

interface ExternalSelectProps extends CommonProps {
  readonly element: SlackExternalSelect;
  readonly picked: Choice | null;
  readonly onPick: (choice: Choice | null) => Promise<void>;
}

/** One of the options that the app offers for a typed text. */
export function ExternalSelect({ element, picked, onPick, ...common }: ExternalSelectProps) {
  const { choices, note, ask } = useSuggestions(common.blockId, common.actionId, element.min_query_length);
  return (
    <span className="external">
      <Combobox
        control={common.control}
        placeholder={common.placeholder}
        pending={common.pending}
        shown={picked?.label ?? ''}
        choices={choices}
        picked={picked === null ? [] : [picked.value]}
        note={note}
        onSearch={ask}
        onPick={(choice) => void onPick(choice)}
      />
      {picked !== null && (
        <button
          type="button"
          className="icon-button clear"
          aria-label={`Clear ${picked.label}`}
          onClick={() => void onPick(null)}
        >
          <Icon name="close" />
        </button>
      )}
    </span>
  );
}

interface ExternalMultiSelectProps extends CommonProps {
  readonly element: MultiExternalSelect;
  readonly picked: readonly Choice[];
  readonly onPick: (choices: readonly Choice[]) => Promise<void>;
}

/** Several of the options that the app offers, listed above the field. */
export function ExternalMultiSelect({ element, picked, onPick, ...common }: ExternalMultiSelectProps) {
  const { choices, note, ask } = useSuggestions(common.blockId, common.actionId, element.min_query_length);
  const max = element.max_selected_items;
  const full = max !== undefined && picked.length >= max;
  const without = (value: string) => picked.filter((choice) => choice.value !== value);
  const toggle = (choice: Choice) => {
    const on = picked.some(({ value }) => value === choice.value);
    if (on) void onPick(without(choice.value));
    else if (!full) void onPick([...picked, choice]);
  };
  return (
    <div className="external multi">
      <Chips
        label="Chosen"
        items={picked}
        keyOf={({ value }) => value}
        nameOf={({ label }) => label}
        onRemove={({ value }) => void onPick(without(value))}
      />
      <Combobox
        control={common.control}
        placeholder={common.placeholder}
        pending={common.pending}
        shown=""
        choices={choices}
        picked={picked.map(({ value }) => value)}
        note={note}
        onSearch={ask}
        onPick={toggle}
        onBackspace={() => {
          if (picked.length > 0) void onPick(picked.slice(0, -1));
        }}
      />
      {full && <MaxHint max={max} />}
    </div>
  );
}
