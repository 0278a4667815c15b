/** A workspace of reps, managers and an admin in many time zones, who type in the channel of their region. */
import { stringify } from 'yaml';

export type Role = 'rep' | 'manager' | 'admin';

export interface Person {
  readonly id: string;
  /** Handle. */
  readonly name: string;
  readonly role: Role;
  /** The channel in which they type commands. */
  readonly commandChannel: string;
}

export interface Workspace {
  /** As a seed file of the sandbox. */
  readonly seed: string;
  readonly teamId: string;
  readonly people: readonly Person[];
  /** The private channel of the threads. */
  readonly channel: string;
}

const ZONES = [
  'Europe/Berlin',
  'America/New_York',
  'Asia/Tokyo',
  'America/Los_Angeles',
  'Asia/Kolkata',
  'Australia/Sydney',
  'America/Sao_Paulo',
  'Africa/Nairobi',
];
const REGIONS = ['north', 'south', 'east', 'west'];
const TEAM = 'T000CHAOS0';
const CHANNEL = 'C0000LOST';
/** One person in so many is a manager; the very first is an admin. */
const REPS_PER_MANAGER = 5;

export function seedWorkspace(size: number): Workspace {
  const people = Array.from({ length: size }, (_, index): Person & { readonly tz: string } => {
    const role: Role = index === 0 ? 'admin' : (index - 1) % REPS_PER_MANAGER === 0 ? 'manager' : 'rep';
    const number = String(index).padStart(2, '0');
    const commandChannel = index % REGIONS.length;
    return {
      id: `U000CHAO${number}`,
      name: `${role}${number}`,
      role,
      commandChannel: regionChannel(commandChannel),
      tz: ZONES[index % ZONES.length] ?? 'UTC',
    };
  });
  const everybody = people.map(({ name }) => name);
  const seed = stringify({
    team: { id: TEAM, name: 'Chaos', domain: 'chaos' },
    people: people.map(({ id, name, role, tz }) => ({
      id,
      name,
      real_name: `Person ${name}`,
      tz,
      ...(role === 'admin' ? { admin: true } : {}),
    })),
    channels: [
      { id: CHANNEL, name: 'lost-deals', private: true, app: true, members: everybody },
      ...REGIONS.map((name, index) => ({
        id: regionChannel(index),
        name,
        members: people
          .filter(({ commandChannel }) => commandChannel === regionChannel(index))
          .map((person) => person.name),
      })),
    ],
  });
  return { seed, teamId: TEAM, people, channel: CHANNEL };
}

const regionChannel = (index: number): string => `C0000ROOM${index}`;
