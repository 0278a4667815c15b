/** A workspace for a crowd: reps, managers and an admin in many time zones, who type in the channels of their region. */
import { stringify } from 'yaml';

export type Role = 'rep' | 'manager' | 'admin';

export interface Inhabitant {
  readonly id: string;
  /** Handle. */
  readonly name: string;
  readonly role: Role;
  /** Where they type their commands. */
  readonly room: string;
}

export interface Workspace {
  /** As a seed file of the sandbox. */
  readonly seed: string;
  readonly people: readonly Inhabitant[];
  /** The private channel that threads stand in. */
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
const ROOMS = ['north', 'south', 'east', 'west'];
const CHANNEL = 'C0000LOST';
/** Of so many people one is a manager; the first of all is an admin. */
const REPS_PER_MANAGER = 5;

export function seedWorkspace(size: number): Workspace {
  const people = Array.from({ length: size }, (_, index): Inhabitant & { readonly tz: string } => {
    const role: Role = index === 0 ? 'admin' : (index - 1) % REPS_PER_MANAGER === 0 ? 'manager' : 'rep';
    const number = String(index).padStart(2, '0');
    const room = index % ROOMS.length;
    return {
      id: `U000CHAO${number}`,
      name: `${role}${number}`,
      role,
      room: roomId(room),
      tz: ZONES[index % ZONES.length] ?? 'UTC',
    };
  });
  const everybody = people.map(({ name }) => name);
  const seed = stringify({
    team: { id: 'T000CHAOS0', name: 'Chaos', domain: 'chaos' },
    people: people.map(({ id, name, role, tz }) => ({
      id,
      name,
      real_name: `Person ${name}`,
      tz,
      ...(role === 'admin' ? { admin: true } : {}),
    })),
    channels: [
      { id: CHANNEL, name: 'lost-deals', private: true, app: true, members: everybody },
      ...ROOMS.map((name, index) => ({
        id: roomId(index),
        name,
        members: people.filter(({ room }) => room === roomId(index)).map((person) => person.name),
      })),
    ],
  });
  return { seed, people, channel: CHANNEL };
}

const roomId = (index: number): string => `C0000ROOM${index}`;
