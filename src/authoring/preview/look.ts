/** What somebody looks at in the preview, and what a tap on the screen makes of it. Pure: the page keeps it. */
import * as z from 'zod';
import { type Tap, tapsOf } from '../../deal/preview/previewedDeal';
import type { Playbook } from '../../playbook/schema';
import { stepOf } from '../../playbook/walk';
import { ACTIONS } from '../../slack/ids';
import { verdictId } from './map';

const isTap = (text: unknown): text is Tap =>
  typeof text === 'string' &&
  /^(?:next|again|dont_know|suggested|suggested_other|choose:[a-z0-9_]+)$/u.test(text);

export const lookSchema = z.object({
  /** The id of the playbook. */
  playbook: z.string(),
  business: z.enum(['new', 'customer']),
  /** Whether the names of the people and companies are known. */
  names: z.boolean(),
  path: z.array(z.custom<Tap>(isTap)).max(100),
  /** What lies on top of the screen; null: nothing. */
  overlay: z.enum(['they_say', 'script']).nullable(),
  /** The picker for any other day or hour is open. */
  picking: z.boolean(),
  /** The last screen shows all its fields. */
  more: z.boolean(),
});
export type Look = z.infer<typeof lookSchema>;

/** What somebody does in the frame that shows the screen; of everything else nothing follows here. */
export const actSchema = z.object({
  type: z.string(),
  actionId: z.string().optional(),
});
export type Act = z.infer<typeof actSchema>;

/** The first screen. */
export const firstLook = (playbook: string): Look => ({
  playbook,
  business: 'new',
  names: true,
  path: [],
  overlay: null,
  picking: false,
  more: false,
});

/** Where a tap leads, and what to say about one that does something else in Slack; null: nothing. */
export interface Acted {
  readonly look: Look;
  readonly note: string | null;
}

export function acted(look: Look, { type, actionId = '' }: Act): Acted {
  const on = (change: Partial<Look>): Acted => ({ look: { ...look, ...change }, note: null });
  const tapped = (tap: Tap): Acted => on({ path: [...look.path, tap], picking: false, overlay: null });
  const note = (text: string): Acted => ({ look, note: text });
  switch (type) {
    case 'submit':
      return tapped('next');
    case 'close':
      return look.overlay === null ? note('In Slack this closes the screen.') : on({ overlay: null });
    case 'click':
      break;
    default:
      return { look, note: null };
  }
  if (isTap(actionId)) return tapped(actionId);
  switch (actionId) {
    case ACTIONS.back:
      return on({ path: look.path.slice(0, -1), picking: false });
    case ACTIONS.theySay:
      return on({ overlay: 'they_say' });
    case ACTIONS.wholeScript:
      return on({ overlay: 'script' });
    case ACTIONS.otherTime:
      return on({ picking: true });
    case ACTIONS.more:
      return on({ more: true });
    default:
      return note('This button belongs to a real deal.');
  }
}

/** The taps that lead to a box of the map: back along the present path, else the fewest from the start. */
export function pathTo(
  playbook: Playbook,
  box: string,
  visited: readonly string[],
  path: readonly Tap[],
): Tap[] {
  const seen = visited.lastIndexOf(box);
  if (seen >= 0) return path.slice(0, seen);
  const waiting: { readonly step: string; readonly path: readonly Tap[] }[] = [
    { step: playbook.start, path: [] },
  ];
  const known = new Set([playbook.start]);
  for (let at = waiting.shift(); at !== undefined; at = waiting.shift()) {
    for (const { tap, target } of tapsOf(stepOf(playbook, at.step))) {
      const id = 'step' in target ? target.step : verdictId(target.verdict);
      const way = [...at.path, tap];
      if (id === box) return way;
      if (!('step' in target) || known.has(id)) continue;
      known.add(id);
      waiting.push({ step: id, path: way });
    }
  }
  return [...path];
}
