/**
 * Exports: the deals of figures as a file, each person in their own sight. A notice brings it, and whoever posts the notice
 * makes the file.
 */
import { isDeepStrictEqual } from 'node:util';
import { DateTime } from 'luxon';
import * as z from 'zod';
import { isStranger } from '../deal/decide/permissions';
import type { Tenant, UserId } from '../deal/model/deal';
import type { ExportNames } from '../insights/export/columns';
import type { TemporaryFiles } from '../insights/export/temporaryFiles';
import { writeDeals } from '../insights/export/writeDeals';
import type { FiguresAsked, ListedDeal, Notice } from '../store/store';
import { actorFor, refuseUnconfirmed } from './act';
import type { Coach, Who } from './context';
import { RoleNotConfirmedError } from './identity';
import { askedBy, askedIn, NO_DEAL, type ReportAsked, readerOf, zoneOf } from './learn';
import { namesOf } from './people';
import { reasonsKnown } from './settings/settings';

/** The kind of notice that is an export, and of the one that says how long it takes. */
export const EXPORT = 'export';
export const EXPORT_BEGUN = 'export_begun';

/** From so many deals on it takes long enough to say so: some four seconds, as measured, and the upload. */
export const LONG_EXPORT = 50_000;

/** A failed export is tried again until this long after somebody asked for it, ms. */
const TRIED_FOR_MS = 30 * 60_000;

/** Notices of earlier releases hold no time, so their exports are tried without end. */
const timed = z.object({ askedAt: z.int().exactOptional() });

/** Whether a failed export has had its last try. */
export function hasFailed({ clock }: Pick<Coach, 'clock'>, { about }: Notice): boolean {
  const { askedAt } = timed.parse(JSON.parse(about));
  return askedAt !== undefined && clock.now() - askedAt >= TRIED_FOR_MS;
}

/** `underway`: an earlier one of this person is not there yet. `not_theirs`: they are from outside. */
export type ExportAnswer = 'coming' | 'underway' | 'not_theirs';

/**
 * Asks for an export, which comes as a direct message. The same delivery twice asks once.
 *
 * @throws RoleNotConfirmedError
 */
export async function askForExport(coach: Coach, who: Who, asked: ReportAsked): Promise<ExportAnswer> {
  const { tenant, userId } = who;
  const actor = await actorFor(coach, who);
  refuseUnconfirmed(actor);
  if (isStranger(who, actor)) return 'not_theirs';
  const at = coach.clock.now();
  const id = [EXPORT, userId, who.delivery ?? at].join(':');
  const about = JSON.stringify({ ...asked, askedAt: at });
  const notice = { tenant, id, kind: EXPORT, about, to: userId, followsFrom: null };
  const { work } = coach.store;
  if (await work.addNotice(notice, at, 0)) coach.changed(tenant, NO_DEAL);
  // It is underway if it is another one: the database keeps one unsettled export a person.
  else if ((await work.notice(tenant, id)) === null) return 'underway';
  return 'coming';
}

export type MadeExport =
  | {
      readonly kind: 'file';
      readonly path: string;
      readonly bytes: number;
      readonly deals: number;
      readonly asked: ReportAsked;
      readonly teamName: string | null;
      /** Whether it has all deals of the workspace, or only those that its reader has a part in. */
      readonly seesAll: boolean;
    }
  | { readonly kind: 'empty'; readonly asked: ReportAsked; readonly teamName: string | null }
  /** Its reader may not see figures now, or Slack has not confirmed their role. */
  | { readonly kind: 'unconfirmed' };

interface Making {
  readonly files: TemporaryFiles;
  /** Awaited before each page; ends the making by throwing. */
  readonly goesOn: () => Promise<void>;
  readonly longFrom?: number;
}

/** Writes the deals that the reader may see once it is written. The caller removes the file; none is left when it throws. */
export async function makeExport(coach: Coach, notice: Notice, making: Making): Promise<MadeExport> {
  const { files, goesOn, longFrom = LONG_EXPORT } = making;
  const who = readerOf(notice);
  const asked = askedIn(notice);
  const found = await figuresAsked(coach, who, asked);
  if (found === null) return { kind: 'unconfirmed' };
  const { figures, teamName } = found;
  const expected = await coach.store.insights.countDeals(figures);
  if (expected === 0) return { kind: 'empty', asked, teamName };
  if (expected >= longFrom) await sayHowLong(coach, notice, expected);
  const written = await writeDeals(
    { store: coach.store, files, namesFor: await namesFor(coach, who), goesOn },
    figures,
  );
  try {
    const now = await figuresAsked(coach, who, asked);
    if (isDeepStrictEqual(now?.figures, figures)) {
      await note(coach, notice, auditText(asked, teamName, written.deals));
      return { kind: 'file', ...written, asked, teamName, seesAll: figures.sight === 'all' };
    }
  } catch (error) {
    await files.remove(written.path);
    throw error;
  }
  // They may see other deals than when it was begun: somebody may have taken an admin's part from them.
  await files.remove(written.path);
  return makeExport(coach, notice, making);
}

async function figuresAsked(
  coach: Coach,
  who: Who,
  asked: ReportAsked,
): Promise<{ readonly figures: FiguresAsked; readonly teamName: string | null } | null> {
  try {
    return await askedBy(coach, who, asked);
  } catch (error) {
    // Only while Slack cannot be reached for an hour.
    if (error instanceof RoleNotConfirmedError) return null;
    throw error;
  }
}

async function sayHowLong(coach: Coach, { tenant, id, to }: Notice, deals: number): Promise<void> {
  const begun = {
    tenant,
    id: `${id}:begun`,
    kind: EXPORT_BEGUN,
    about: String(deals),
    to,
    followsFrom: null,
  };
  if (await coach.store.work.addNotice(begun, coach.clock.now(), 0)) coach.changed(tenant, NO_DEAL);
}

async function namesFor(coach: Coach, who: Who) {
  const zone = await zoneOf(coach, who);
  const labels = new Map((await reasonsKnown(coach, who.tenant)).map(({ id, label }) => [id, label]));
  return namesByPage(coach, who.tenant, { zone, reason: (id) => labels.get(id) ?? id });
}

/** Looks each person up once: most pages have the same people, and each look-up keeps clicks waiting. */
export function namesByPage(
  coach: Pick<Coach, 'store'>,
  tenant: Tenant,
  others: Pick<ExportNames, 'zone' | 'reason'>,
): (deals: readonly ListedDeal[]) => Promise<ExportNames> {
  const people = new Map<UserId, string | null>();
  return async (deals) => {
    const met = deals.flatMap(({ rep, manager }) => [rep, manager]).filter((it) => it !== null);
    const unknown = [...new Set(met)].filter((it) => !people.has(it));
    const names = await namesOf(coach, tenant, unknown);
    for (const id of unknown) people.set(id, names.get(id) ?? null);
    return { ...others, person: (id) => people.get(id) ?? null };
  };
}

/** The history of the settings is the workspace's audit trail; the settings themselves stay as they are. */
async function note(coach: Coach, { tenant, id, to }: Notice, text: string): Promise<void> {
  await coach.store.workspace.changeSettings(
    tenant,
    coach.clock.now(),
    to,
    (stored) => ({
      settings: stored ?? {},
      history: [{ field: 'exported', item: null, part: null, from: null, to: text }],
    }),
    id,
  );
}

function auditText(
  { period: { from, until }, competitor }: ReportAsked,
  teamName: string | null,
  deals: number,
): string {
  const day = (at: number) => DateTime.fromMillis(at, { zone: 'utc' }).toISODate() ?? '';
  return [
    `${deals} deals`,
    ...(from === null ? [] : [`from ${day(from)}`]),
    ...(until === null ? [] : [`before ${day(until)}`]),
    ...(competitor === null ? [] : [`lost to ${competitor}`]),
    ...(teamName === null ? [] : [`of team ${teamName}`]),
  ].join(', ');
}
