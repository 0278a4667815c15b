import * as z from 'zod';
import { type Block, fillIds } from '../blockkit/fillIds';
import { checkPermitted, type Permissions } from '../blockkit/permissions';
import { validateView } from '../blockkit/validate';
import { SlackError } from '../errors';
import type { Ids } from '../ids';
import { type JsonObject, objectsOf, stringOf } from '../json';
import type { StateValues } from '../protocol';
import type { ChangeFeed } from './changeFeed';
import { carryState } from './inputState';

const STACK_LIMIT = 3;

/** A view of a modal or a Home tab, with what this person typed into it. */
export interface StoredView {
  readonly id: string;
  readonly type: 'modal' | 'home';
  readonly userId: string;
  /** Id of the first view of the stack; its own id for that view and for a Home tab. */
  readonly rootId: string;
  readonly previousId: string | null;
  view: JsonObject;
  blocks: readonly Block[];
  hash: string;
  state: StateValues;
  errors: Readonly<Record<string, string>>;
  failure: string | undefined;
}

/** Loose: their content was checked when the app sent them. */
const savedViewSchema = z.looseObject({
  id: z.string(),
  type: z.enum(['modal', 'home']),
  userId: z.string(),
  view: z.looseObject({}),
  blocks: z.array(z.looseObject({ type: z.string(), block_id: z.string() })),
  hash: z.string(),
  state: z.record(z.string(), z.record(z.string(), z.looseObject({ type: z.string() }))),
  errors: z.record(z.string(), z.string()),
});
const savedViewsSchema = z.object({
  hashes: z.int(),
  stacks: z.array(z.tuple([z.string(), z.array(savedViewSchema)])),
  homes: z.array(savedViewSchema),
});

/** The open modals and the published Home tabs of every person. */
export class Views {
  private readonly stacks = new Map<string, StoredView[]>();
  private readonly homes = new Map<string, StoredView>();
  private hashes = 0;

  constructor(
    private readonly ids: Ids,
    private readonly changes: ChangeFeed,
    private readonly permissions: () => Permissions,
  ) {}

  stackOf(userId: string): readonly StoredView[] {
    return this.stacks.get(userId) ?? [];
  }

  homeOf(userId: string): StoredView | undefined {
    return this.homes.get(userId);
  }

  /** Finds an open view or a published Home tab. */
  find(id: string): StoredView | undefined {
    return this.all().find((view) => view.id === id);
  }

  findByExternalId(externalId: string): StoredView | undefined {
    return this.all().find((view) => view.view.external_id === externalId);
  }

  /** Opens a modal. Replaces one that is open. @throws SlackError as views.open */
  open(userId: string, raw: unknown): StoredView {
    const view = this.checked(raw, 'modal');
    this.checkExternalId(view);
    const stored = this.make(userId, view, null);
    this.stacks.set(userId, [stored]);
    this.changes.bump();
    return stored;
  }

  /** Pushes a view on the stack. @throws SlackError as views.push; push_limit_reached for a fourth */
  push(userId: string, raw: unknown): StoredView {
    const view = this.checked(raw, 'modal');
    const stack = this.stackOf(userId);
    const top = stack.at(-1);
    if (top === undefined) throw new SlackError('not_found');
    if (stack.length >= STACK_LIMIT) throw new SlackError('push_limit_reached');
    this.checkExternalId(view);
    const stored = this.make(userId, view, top);
    this.stacks.set(userId, [...stack, stored]);
    this.changes.bump();
    return stored;
  }

  /** Replaces the content of a view. Typed values stay where the ids stay. @throws SlackError as views.update */
  update(stored: StoredView, raw: unknown, hash?: string): StoredView {
    const view = this.checked(raw, stored.type);
    this.checkHash(stored, hash);
    this.checkExternalId(view, stored);
    this.fill(stored, view);
    this.changes.bump();
    return stored;
  }

  /** Replaces a person's Home tab. @throws SlackError as views.publish */
  publish(userId: string, raw: unknown, hash?: string): StoredView {
    const view = this.checked(raw, 'home');
    const existing = this.homes.get(userId);
    if (existing === undefined) {
      this.checkExternalId(view);
      const stored = this.make(userId, view, null);
      this.homes.set(userId, stored);
      this.changes.bump();
      return stored;
    }
    return this.update(existing, view, hash);
  }

  /** Closes one view. The view beneath it shows again. */
  close(stored: StoredView): void {
    const left = this.stackOf(stored.userId).filter((view) => view !== stored);
    this.stacks.set(stored.userId, left);
    this.changes.bump();
  }

  closeAll(userId: string): void {
    this.stacks.delete(userId);
    this.changes.bump();
  }

  save(): unknown {
    return { hashes: this.hashes, stacks: [...this.stacks], homes: [...this.homes.values()] };
  }

  restore(saved: unknown): void {
    const { hashes, stacks, homes } = savedViewsSchema.parse(saved);
    this.clear();
    this.hashes = hashes;
    const whole = (view: (typeof homes)[number]) =>
      ({ failure: undefined, ...view }) as unknown as StoredView;
    for (const [userId, stack] of stacks) this.stacks.set(userId, stack.map(whole));
    for (const home of homes) this.homes.set(home.userId, whole(home));
  }

  /** Replaces the files in inputs, whose URLs are those of the run before. */
  renewFiles(renewed: (id: string) => JsonObject | undefined): void {
    for (const stored of this.all()) {
      const values = Object.entries(stored.state).map(([blockId, actions]) => {
        const now = Object.entries(actions).map(([actionId, held]) => {
          if (held.files === undefined) return [actionId, held];
          const files = objectsOf(held.files).flatMap(({ id }) => renewed(stringOf(id) ?? '') ?? []);
          return [actionId, { ...held, files }];
        });
        return [blockId, Object.fromEntries(now)];
      });
      stored.state = Object.fromEntries(values) as StateValues;
    }
  }

  /** Drops all views. */
  clear(): void {
    this.stacks.clear();
    this.homes.clear();
  }

  private checked(raw: unknown, type: 'modal' | 'home'): JsonObject {
    const view = validateView(raw, type);
    checkPermitted(objectsOf(view.blocks), this.permissions(), '/view/blocks', 'invalid_arguments');
    return view;
  }

  private all(): readonly StoredView[] {
    return [...[...this.stacks.values()].flat(), ...this.homes.values()];
  }

  private checkHash(stored: StoredView, hash: string | undefined): void {
    if (hash !== undefined && hash !== '' && hash !== stored.hash) throw new SlackError('hash_conflict');
  }

  private checkExternalId(view: JsonObject, self?: StoredView): void {
    const externalId = stringOf(view.external_id);
    if (externalId === undefined || externalId === '') return;
    const other = this.findByExternalId(externalId);
    if (other !== undefined && other !== self) throw new SlackError('duplicate_external_id');
  }

  private make(userId: string, view: JsonObject, previous: StoredView | null): StoredView {
    const id = this.ids.next('V');
    const stored: StoredView = {
      id,
      type: view.type === 'home' ? 'home' : 'modal',
      userId,
      rootId: previous?.rootId ?? id,
      previousId: previous?.id ?? null,
      view,
      blocks: [],
      hash: '',
      state: {},
      errors: {},
      failure: undefined,
    };
    this.fill(stored, view);
    return stored;
  }

  private fill(stored: StoredView, view: JsonObject): void {
    const blocks = fillIds(objectsOf(view.blocks), this.ids);
    this.hashes += 1;
    stored.view = { ...view, blocks };
    stored.blocks = blocks;
    stored.hash = `${stored.id.slice(-6).toLowerCase()}.${this.hashes.toString(36).padStart(8, '0')}`;
    stored.state = carryState(stored.state, blocks);
    stored.errors = {};
    stored.failure = undefined;
  }
}
