import type { Option } from '@slack/types';
import { type ReactNode, useId } from 'react';
import { TextObjectView } from '../blocks/TextObjectView';
import { ariaOfGroup, type ControlNaming } from './controlProps';

interface CheckListProps {
  readonly options: readonly Option[];
  readonly picked: readonly string[];
  readonly control: ControlNaming;
  readonly onPick: (options: readonly Option[]) => Promise<void>;
}

export function CheckList({ options, picked, control, onPick }: CheckListProps) {
  const toggle = (changed: Option, on: boolean) =>
    void onPick(options.filter((option) => (option === changed ? on : picked.includes(option.value ?? ''))));
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be named by the block's label
    <div {...ariaOfGroup(control)} role="group" className="check-list">
      {options.map((option) => (
        <OptionRow key={option.value} option={option}>
          {(id, describedBy) => (
            <input
              id={id}
              type="checkbox"
              aria-describedby={describedBy}
              aria-invalid={control.invalid || undefined}
              checked={picked.includes(option.value ?? '')}
              onChange={(event) => toggle(option, event.target.checked)}
            />
          )}
        </OptionRow>
      ))}
    </div>
  );
}

interface RadioListProps {
  readonly options: readonly Option[];
  readonly picked: string | null;
  readonly control: ControlNaming;
  readonly onPick: (option: Option) => Promise<void>;
}

export function RadioList({ options, picked, control, onPick }: RadioListProps) {
  const name = useId();
  return (
    <div {...ariaOfGroup(control)} role="radiogroup" className="check-list">
      {options.map((option) => (
        <OptionRow key={option.value} option={option}>
          {(id, describedBy) => (
            <input
              id={id}
              type="radio"
              name={name}
              aria-describedby={describedBy}
              checked={picked === option.value}
              onChange={() => void onPick(option)}
            />
          )}
        </OptionRow>
      ))}
    </div>
  );
}

interface OptionRowProps {
  readonly option: Option;
  /** Draws the control with this id. */
  readonly children: (id: string, describedBy: string | undefined) => ReactNode;
}

function OptionRow({ option, children }: OptionRowProps) {
  const id = useId();
  const descriptionId = option.description === undefined ? undefined : `${id}-description`;
  return (
    <div className="option">
      <label htmlFor={id} className="check">
        {children(id, descriptionId)}
        <span>
          <TextObjectView text={option.text} />
        </span>
      </label>
      {option.description !== undefined && (
        <div id={descriptionId} className="option-description">
          <TextObjectView text={option.description} />
        </div>
      )}
    </div>
  );
}
