import type { ReactNode } from 'react';
import type { Conversation } from '../../../src/protocol';
import { personById, useSandbox } from '../live/sandbox';
import type { Place } from '../live/usePlace';
import { Avatar } from './Avatar';
import { Icon } from './Icon';

interface SidebarProps {
  readonly place: Place;
  readonly onGo: (place: Place) => void;
  readonly onOpenDm: (userId: string) => void;
}

/** The workspace's channels, direct messages and app. */
export function Sidebar({ place, onGo, onOpenDm }: SidebarProps) {
  const { workspace, view } = useSandbox();
  const { app } = workspace;
  const channels = view.conversations.filter(({ kind }) => kind !== 'im');
  const botDm = view.conversations.find(
    ({ kind, withUserId }) => kind === 'im' && withUserId === app.botUserId,
  );
  const people = workspace.people.filter(
    (person) => !person.isBot && !person.deleted && person.id !== view.me.id,
  );
  const dmWith = (userId: string) =>
    view.conversations.find(({ kind, withUserId }) => kind === 'im' && withUserId === userId);
  const isCurrent = (channel: string | undefined) =>
    place.at === 'conversation' && channel !== undefined && place.channel === channel;

  return (
    <nav className="sidebar" aria-label="Conversations">
      <p className="workspace-name">{workspace.teamName}</p>
      <div className="sidebar-scroll">
        <Section title="Channels">
          {channels.map((channel) => (
            <Entry
              key={channel.id}
              label={channel.name}
              icon={<Icon name={channel.kind === 'group' ? 'lock' : 'hash'} />}
              unread={channel.unread}
              current={isCurrent(channel.id)}
              faded={channel.isArchived}
              onOpen={() => onGo({ at: 'conversation', channel: channel.id })}
            />
          ))}
        </Section>
        <Section title="Direct messages">
          {people.map((person) => {
            const dm: Conversation | undefined = dmWith(person.id);
            return (
              <Entry
                key={person.id}
                label={person.realName}
                icon={<Avatar person={person} size="small" />}
                unread={dm?.unread ?? 0}
                current={isCurrent(dm?.id)}
                onOpen={() =>
                  dm === undefined ? onOpenDm(person.id) : onGo({ at: 'conversation', channel: dm.id })
                }
              />
            );
          })}
        </Section>
        <Section title="Apps">
          <Entry
            label={app.name}
            icon={<Avatar person={personById(workspace, app.botUserId)} size="small" />}
            unread={botDm?.unread ?? 0}
            current={place.at === 'home' || place.at === 'messages' || isCurrent(botDm?.id)}
            onOpen={() => onGo({ at: app.homeTab ? 'home' : 'messages' })}
          />
        </Section>
      </div>
      <p className={app.connected ? 'app-state on' : 'app-state'} role="status">
        {app.connected ? `${app.name} is connected` : `${app.name} is not connected`}
      </p>
    </nav>
  );
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section>
      <h2>{title}</h2>
      <ul>{children}</ul>
    </section>
  );
}

interface EntryProps {
  readonly label: string;
  readonly icon: ReactNode;
  readonly unread: number;
  readonly current: boolean;
  readonly faded?: boolean;
  readonly onOpen: () => void;
}

function Entry({ label, icon, unread, current, faded = false, onOpen }: EntryProps) {
  const classes = ['entry', unread > 0 ? 'unread' : '', faded ? 'faded' : ''].filter((name) => name !== '');
  return (
    <li>
      <button
        type="button"
        className={classes.join(' ')}
        aria-current={current ? 'page' : undefined}
        onClick={onOpen}
      >
        {icon}
        <span className="entry-label">{label}</span>
        {faded && <span className="entry-note">archived</span>}
        {unread > 0 && (
          <span className="badge">
            {unread}
            <span className="visually-hidden"> unread</span>
          </span>
        )}
      </button>
    </li>
  );
}
