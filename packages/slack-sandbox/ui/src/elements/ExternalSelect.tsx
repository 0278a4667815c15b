import type { MultiExternalSelect, ExternalSelect as SlackExternalSelect } from '@slack/types';
import { Icon } from '../page/Icon';
import { Combobox } from './Combobox';
import type { Choice } from './choices';
import type { ControlNaming } from './controlProps';
import { useSuggestions } from './useSuggestions';

interface Common {
  readonly blockId: string;
  readonly actionId: string;
  readonly control: ControlNaming;
  readonly placeholder: string | undefined;
  readonly pending: boolean;
}

interface ExternalSelectProps extends Common {
  readonly element: SlackExternalSelect;
  readonly picked: Choice | null;
  readonly onPick: (choice: Choice | null) => Promise<void>;
}

/** A choice among what the app offers to the words typed. */
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

interface ExternalMultiSelectProps extends Common {
  readonly element: MultiExternalSelect;
  readonly picked: readonly Choice[];
  readonly onPick: (choices: readonly Choice[]) => Promise<void>;
}

/** Several of what the app offers: each stands above the field and can be taken out again. */
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
      {picked.length > 0 && (
        <ul className="chips" aria-label="Chosen">
          {picked.map((choice) => (
            <li key={choice.value}>
              {choice.label}
              <button
                type="button"
                className="icon-button"
                aria-label={`Remove ${choice.label}`}
                onClick={() => void onPick(without(choice.value))}
              >
                <Icon name="close" />
              </button>
            </li>
          ))}
        </ul>
      )}
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
      {full && <p className="input-hint">{max === 1 ? 'One at most.' : `${max} at most.`}</p>}
    </div>
  );
}
