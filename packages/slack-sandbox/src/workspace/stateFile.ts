import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { ZodError } from 'zod';
import { SandboxError } from '../errors';
import { parseJson } from '../json';
import { restoreSnapshot, type SavedPart, snapshotSchema, takeSnapshot } from './snapshot';
import type { Workspace } from './workspace';

/** Ms from the first change to the write, since changes come in bursts. */
const WRITE_AFTER_MS = 100;

/** Keeps a workspace in a file from one run to the next. */
export class StateFile {
  private written = '';
  private timer: NodeJS.Timeout | undefined;
  private readonly unsubscribe: () => void;

  /**
   * Loads the file if it exists, and writes every change from then on.
   * @throws SandboxError invalid_state: no state file, of another workspace or app, or not writable
   */
  constructor(
    private readonly path: string,
    private readonly workspace: Workspace,
    private readonly parts: Readonly<Record<string, SavedPart>>,
  ) {
    if (existsSync(path)) this.load();
    try {
      this.write();
    } catch (error) {
      throw unusable(path, [`it cannot be written: ${String(error)}`]);
    }
    this.unsubscribe = workspace.changes.subscribe(() => {
      this.timer ??= setTimeout(() => {
        this.timer = undefined;
        this.writeOrWarn();
      }, WRITE_AFTER_MS).unref();
    });
  }

  /** Writes the last changes. */
  stop(): void {
    this.unsubscribe();
    clearTimeout(this.timer);
    this.write();
  }

  private load(): void {
    const { path, workspace } = this;
    const read = snapshotSchema.safeParse(parseJson(readFileSync(path, 'utf8')));
    if (!read.success) throw unusable(path, faultsOf(read.error));
    const { teamId, app } = read.data;
    if (teamId !== workspace.team.id)
      throw unusable(path, [`it belongs to the workspace ${teamId}, not to the seed's ${workspace.team.id}`]);
    if (app !== workspace.app.name)
      throw unusable(path, [`it belongs to the app "${app}", not to the manifest's "${workspace.app.name}"`]);
    try {
      restoreSnapshot(workspace, this.parts, read.data);
    } catch (error) {
      if (!(error instanceof ZodError)) throw error;
      throw unusable(path, faultsOf(error));
    }
  }

  /** A full disk must not end a workspace in use. The next change tries again. */
  private writeOrWarn(): void {
    try {
      this.write();
    } catch (error) {
      process.emitWarning(`${this.path} could not be written: ${String(error)}`);
    }
  }

  /** Replaces the file atomically, so that a kill in the middle leaves the last state. */
  private write(): void {
    const text = JSON.stringify(takeSnapshot(this.workspace, this.parts));
    if (text === this.written) return;
    const fresh = `${this.path}.new`;
    const descriptor = openSync(fresh, 'w', 0o600);
    try {
      writeFileSync(descriptor, text);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(fresh, this.path);
    this.written = text;
  }
}

function faultsOf({ issues }: ZodError): readonly string[] {
  return issues.map((issue) =>
    [issue.path.join('.'), issue.message].filter((part) => part !== '').join(': '),
  );
}

function unusable(path: string, faults: readonly string[]): SandboxError {
  return new SandboxError(
    'invalid_state',
    `${path} cannot be used as the sandbox's state (remove it to start from the seed):\n- ${faults.slice(0, 10).join('\n- ')}`,
  );
}
