import { useSandbox } from '../live/sandbox';
import { clock } from '../text/dates';
import { Avatar } from './Avatar';
import { Icon } from './Icon';

interface HeaderProps {
  readonly onActAs: (name: string) => void;
  readonly onToggleTheme: () => void;
  readonly onToggleSidebar: () => void;
  readonly sidebarOpen: boolean;
  readonly onToggleInspector: () => void;
  readonly inspectorOpen: boolean;
}

export function Header(props: HeaderProps) {
  const { workspace, view, waiting, now, theme } = useSandbox();
  const { me } = view;
  const people = workspace.people.filter((person) => !person.isBot && !person.deleted);
  const others = people.filter(({ id }) => id !== me.id && (waiting[id] ?? 0) > 0);
  return (
    <header className="top-bar">
      <button
        type="button"
        className="icon-button only-narrow"
        aria-label="Show conversations"
        aria-expanded={props.sidebarOpen}
        onClick={props.onToggleSidebar}
      >
        <Icon name="menu" />
      </button>
      <span className="brand">
        Slack sandbox <span className="brand-note">nothing leaves this machine</span>
      </span>
      <label className="act-as">
        <span className="act-as-label">Act as</span>
        <Avatar person={me} size="small" />
        <select
          aria-label="Act as"
          aria-describedby="acting-person"
          value={me.name}
          onChange={(event) => props.onActAs(event.target.value)}
        >
          {people.map((person) => (
            <option key={person.id} value={person.name}>
              {person.realName}
              {person.isStranger ? ' (other workspace)' : ''}
              {waiting[person.id] === undefined ? '' : ` · ${waiting[person.id]} unread`}
            </option>
          ))}
        </select>
        <span id="acting-person" className="acting-person">
          {me.title}
          {me.isAdmin && ' · admin'} · {me.tz} {clock(now, me.tz)}
        </span>
      </label>
      {others.map((person) => (
        <button
          key={person.id}
          type="button"
          className="waiting"
          title={`Act as ${person.realName}`}
          onClick={() => props.onActAs(person.name)}
        >
          <Avatar person={person} size="small" />
          <span className="badge">
            <span className="visually-hidden">{person.realName}: </span>
            {waiting[person.id]}
            <span className="visually-hidden"> unread</span>
          </span>
        </button>
      ))}
      <span className="top-buttons">
        <button
          type="button"
          className="icon-button"
          aria-label={theme === 'dark' ? 'Light theme' : 'Dark theme'}
          title={theme === 'dark' ? 'Light theme' : 'Dark theme'}
          onClick={props.onToggleTheme}
        >
          <Icon name={theme === 'dark' ? 'sun' : 'moon'} />
        </button>
        <button
          type="button"
          className={props.inspectorOpen ? 'icon-button worded on' : 'icon-button worded'}
          aria-expanded={props.inspectorOpen}
          aria-label="Inspector"
          onClick={props.onToggleInspector}
        >
          <Icon name="pulse" /> <span className="only-wide">Inspector</span>
        </button>
      </span>
    </header>
  );
}
