import * as z from 'zod';
import { compareTs } from '../ids';
import type { Channel, FileRecord, Member, Message } from './model';
import type { Workspace } from './workspace';

/**
 * The state between runs: the workspace and the `parts` of other classes. A new run has lost the triggers, response
 * URLs, OAuth codes, runs of custom steps, traffic and pending retries of the last one.
 */
export type Snapshot = z.infer<typeof snapshotSchema>;

const ts = z.string().regex(/^\d+\.\d{6}$/);
const block = z.looseObject({ type: z.string(), block_id: z.string() });
/** Loose, so that fields that a later version adds to a message stay. */
const message = z.looseObject({
  ts,
  userId: z.string(),
  text: z.string(),
  blocks: z.array(block),
  threadTs: ts.optional(),
  reactions: z.array(z.object({ name: z.string(), userIds: z.array(z.string()) })),
  /** Ids. */
  files: z.array(z.string()),
});
const channel = z.looseObject({
  id: z.string(),
  kind: z.string(),
  name: z.string(),
  isArchived: z.boolean(),
  // Absent in snapshots of earlier releases.
  sharing: z.enum(['none', 'pending', 'shared']).default('none'),
  members: z.array(z.string()),
  messages: z.array(message),
  readMarks: z.record(z.string(), z.string()),
});
const person = z.looseObject({
  id: z.string(),
  name: z.string(),
  realName: z.string(),
  teamId: z.string(),
  tz: z.string(),
  isBot: z.boolean(),
  deleted: z.boolean(),
});
const file = z.looseObject({ id: z.string(), name: z.string(), mimetype: z.string(), base64: z.base64() });

export const snapshotSchema = z.object({
  version: z.literal(1),
  teamId: z.string(),
  app: z.string(),
  /** Count of issued ids, so that none is issued twice. */
  ids: z.int().nonnegative(),
  people: z.array(person),
  channels: z.array(channel),
  files: z.array(file),
  /** By name. Each part checks its own. Files of earlier versions have none. */
  parts: z.record(z.string(), z.unknown()).default({}),
});

/** A part of the state besides the workspace. */
export interface SavedPart {
  /** Plain JSON. */
  save(): unknown;
  /** @throws ZodError unless it is what `save` returned */
  restore(saved: unknown): void;
}

export function takeSnapshot(workspace: Workspace, parts: Readonly<Record<string, SavedPart>>): Snapshot {
  return {
    version: 1,
    teamId: workspace.team.id,
    app: workspace.app.name,
    ids: workspace.ids.issued,
    people: [...workspace.people.values()].map((member) => ({ ...member })),
    channels: [...workspace.channels.values()].map((one) => ({
      ...one,
      members: [...one.members],
      messages: one.messages.map((said) => ({
        ...said,
        blocks: [...said.blocks],
        reactions: said.reactions.map(({ name, userIds }) => ({ name, userIds: [...userIds] })),
        files: said.files.map(({ id }) => id),
      })),
      readMarks: Object.fromEntries(one.readMarks),
    })),
    files: [...workspace.files.values()].map(({ content, ...rest }) => ({
      ...rest,
      base64: content.toString('base64'),
    })),
    parts: Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, part.save()])),
  };
}

/** Restores a workspace. `snapshotSchema` has checked the shapes. */
export function restoreSnapshot(
  workspace: Workspace,
  parts: Readonly<Record<string, SavedPart>>,
  snapshot: Snapshot,
): void {
  // First, since they may throw.
  for (const [name, part] of Object.entries(parts))
    if (snapshot.parts[name] !== undefined) part.restore(snapshot.parts[name]);
  workspace.people.clear();
  workspace.channels.clear();
  workspace.files.clear();
  for (const member of snapshot.people) workspace.people.set(member.id, member as unknown as Member);
  for (const { base64, ...rest } of snapshot.files) {
    workspace.files.set(rest.id, {
      ...rest,
      content: Buffer.from(base64, 'base64'),
    } as unknown as FileRecord);
  }
  for (const one of snapshot.channels) {
    workspace.channels.set(one.id, {
      ...one,
      members: new Set(one.members),
      messages: one.messages.map((said) => ({
        ...said,
        files: said.files.flatMap((id) => workspace.files.get(id) ?? []),
      })) as unknown as Message[],
      readMarks: new Map(Object.entries(one.readMarks)),
    } as unknown as Channel);
  }
  workspace.ids.continueFrom(snapshot.ids);
  const newest = snapshot.channels
    .flatMap(({ messages }) => messages.map((said) => said.ts))
    .reduce((latest, one) => (compareTs(one, latest) > 0 ? one : latest), '0.000000');
  workspace.continueAfter(newest);
  workspace.changes.bump();
}
