import type { ReactNode } from 'react';
import { Icon } from '../page/Icon';

interface ChipsProps<T> {
  /** The accessible name of the list. */
  readonly label: string;
  readonly items: readonly T[];
  readonly keyOf: (item: T) => string;
  readonly nameOf: (item: T) => string;
  readonly onRemove: (item: T) => void;
  /** Stands before each name. */
  readonly icon?: ReactNode;
}

/** The chosen items of a field, each with a button that removes it. Nothing without items. */
export function Chips<T>({ label, items, keyOf, nameOf, onRemove, icon }: ChipsProps<T>) {
  if (items.length === 0) return null;
  return (
    <ul className="chips" aria-label={label}>
      {items.map((item) => (
        <li key={keyOf(item)}>
          {icon}
          {nameOf(item)}
          <button
            type="button"
            className="icon-button"
            aria-label={`Remove ${nameOf(item)}`}
            onClick={() => onRemove(item)}
          >
            <Icon name="close" />
          </button>
        </li>
      ))}
    </ul>
  );
}

/** Says that a field takes no further choice. */
export const MaxHint = ({ max }: { readonly max: number | undefined }) => (
  <p className="input-hint">{max === 1 ? 'One at most.' : `${max} at most.`}</p>
);
