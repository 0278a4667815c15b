import type { Person } from '../../../src/protocol';

/** A coloured tile with a person's initials. Hidden from screen readers, because the name stands beside it. */
export function Avatar({
  person,
  size = 'large',
}: {
  readonly person: Person | undefined;
  readonly size?: 'large' | 'small';
}) {
  const initials = (person?.realName ?? '?')
    .split(/\s+/)
    .slice(0, person?.isBot === true ? 1 : 2)
    .map((word) => word.charAt(0).toUpperCase())
    .join('');
  return (
    <span
      className={person?.isBot === true ? `avatar ${size} bot` : `avatar ${size}`}
      style={person?.isBot === true ? undefined : { background: person?.color }}
      aria-hidden="true"
    >
      {initials}
    </span>
  );
}
