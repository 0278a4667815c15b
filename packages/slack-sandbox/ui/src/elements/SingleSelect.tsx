import type { Choice } from './choices';
import { ariaOf, type ControlNaming } from './controlProps';

interface SingleSelectProps {
  readonly choices: readonly Choice[];
  readonly picked: string | null;
  readonly control: ControlNaming;
  readonly pending: boolean;
  readonly placeholder: string | undefined;
  readonly onPick: (choice: Choice | null) => Promise<void>;
}

export function SingleSelect({ choices, picked, control, pending, placeholder, onPick }: SingleSelectProps) {
  const current = choices.find((choice) => choice.value === picked);
  const groups = [...new Set(choices.map((choice) => choice.group))];
  const optionsOf = (group: string | undefined) =>
    choices
      .filter((choice) => choice.group === group)
      .map((choice) => (
        <option key={choice.value} value={choice.value}>
          {choice.label}
        </option>
      ));
  return (
    <>
      <span className={pending ? 'select pending' : 'select'}>
        <select
          {...ariaOf(control)}
          className={current === undefined ? 'empty' : undefined}
          aria-busy={pending || undefined}
          value={current?.value ?? ''}
          onChange={(event) =>
            void onPick(choices.find((choice) => choice.value === event.target.value) ?? null)
          }
        >
          <option value="">{placeholder ?? 'Choose…'}</option>
          {groups.map((group) =>
            group === undefined ? (
              optionsOf(group)
            ) : (
              <optgroup key={group} label={group}>
                {optionsOf(group)}
              </optgroup>
            ),
          )}
        </select>
      </span>
      {current?.description !== undefined && current.option !== undefined && (
        <p className="input-hint">{current.description}</p>
      )}
    </>
  );
}
