/** `/lostdeal settings`: its screens, saving their changes, and the history. */
import type { AnyBlock, ModalView } from '@slack/types';
import { actorFor, refuseUnconfirmed } from '../../coach/act';
import {
  changeGives,
  changeSettings,
  leadsTeam,
  type SettingsEdit,
} from '../../coach/settings/changeSettings';
import { maySet, type TeamSettings, teamSettings } from '../../coach/settings/settings';
import { ACTIONS, VIEWS } from '../ids';
import { tooManyText } from '../text';
import { withError } from '../views/modal';
import { notice } from '../views/notice';
import { formView, merged, type Put } from '../views/settings/form';
import { ofManager } from '../views/settings/gives';
import { HISTORY_PAGE, historyView } from '../views/settings/history';
import { listView } from '../views/settings/list';
import { type RootContext, settingsView } from '../views/settings/root';
import { formOf, LISTS, listIdOf, listOfForm } from '../views/settings/screens';
import { shownValues } from '../views/values';
import type { ChannelCheck } from './channelCheck';
import type { Click, ClickHandler, On, Submission } from './handlers';
import { channelTroubleIn, ineligibleChoices } from './pickers';
import type { Request } from './request';
import { contextOf, rootContextOf } from './settingsContext';
import { type Beneath, back, errors, open, type Show, update, updateBeneath } from './show';

const gone = notice("It's gone", 'Somebody removed this entry. Go back and look again.');

export function registerSettings(on: On, channels: ChannelCheck): void {
  on.click(ACTIONS.settings, async (request) => open(await settingsScreen(request)));
  on.click(ACTIONS.settingsList, forAdmins(showList));
  on.click(ACTIONS.settingsForm, forAdmins(showForm));
  on.click(ACTIONS.settingsRemove, remove);
  on.click(ACTIONS.settingsHistory, forAdmins(showHistory));
  on.submit(VIEWS.settingsForm, (request, submission) => save(request, submission, channels));
}

/** The first screen of the settings for admins; everybody else reads who may open it. */
export async function settingsScreen(request: Request): Promise<ModalView> {
  const { coach, who } = request;
  const settings = await teamSettings(coach.store, who.tenant);
  const actor = await actorFor(coach, who);
  if (maySet(actor, who)) return settingsView(settings, await rootContextOf(request));
  // Looks up an admin whose role is old first, as they may set more.
  refuseUnconfirmed(actor);
  if (await leadsTeam(coach, who, actor)) return listOfManager(request, settings);
  return notForYou(settings);
}

/** Managers set only what reps of their own teams may give without asking. */
const OF_MANAGERS = { list: 'gives', form: 'give' } as const;

const listOfManager = async (request: Request, settings: TeamSettings, page = 0): Promise<ModalView> => {
  const { list: id } = OF_MANAGERS;
  const own = ofManager(settings, request.who.userId);
  return listView(id, LISTS[id], own, await contextOf(request, false), page);
};

export function notForYou({ admins }: TeamSettings): ModalView {
  return notice('Settings', [
    'Admins choose these for the team: Slack’s admins and owners of this workspace',
    ...(admins.length === 0 ? [] : [', and ', ...admins.flatMap((user) => [{ user }, ' '])]),
    '. Ask one of them. You can set your own quiet hours and stand-in: /lostdeal quiet and /lostdeal out.',
  ]);
}

type AdminHandler = (
  request: Request,
  click: Click,
  settings: TeamSettings,
  isAdmin: boolean,
) => Promise<Show> | Show;

/** For a button of admins; everybody else reads who may use it. */
const forAdmins =
  (handle: AdminHandler): ClickHandler =>
  async (request, click) => {
    const { coach, who } = request;
    const settings = await teamSettings(coach.store, who.tenant);
    const actor = await actorFor(coach, who);
    if (maySet(actor, who)) return handle(request, click, settings, true);
    refuseUnconfirmed(actor);
    const { section = '' } = click.ref;
    const isTheirs = Object.values<string>(OF_MANAGERS).includes(section);
    return isTheirs && (await leadsTeam(coach, who, actor))
      ? handle(request, click, ofManager(settings, who.userId), false)
      : open(notForYou(settings));
  };

async function showList(
  request: Request,
  { ref, body }: Click,
  settings: TeamSettings,
  isAdmin: boolean,
): Promise<Show> {
  const id = listIdOf(ref.section);
  if (id === null) return open(gone);
  const view = listView(id, LISTS[id], settings, await contextOf(request, isAdmin), ref.page ?? 0);
  // Its own page buttons turn the page; the button on the first screen opens it.
  return body.view?.callback_id === VIEWS.settingsList ? update(view) : open(view);
}

async function showForm(
  request: Request,
  { ref }: Click,
  settings: TeamSettings,
  isAdmin: boolean,
): Promise<Show> {
  const { section, item = null } = ref;
  const context = await contextOf(request, isAdmin);
  const form = formOf(section);
  if (form === null || section === undefined) return open(gone);
  if (item !== null && form.of(settings, item, context) === null) return open(gone);
  return open(formView(section, form, settings, item, context));
}

async function showHistory(
  { coach, who }: Request,
  { ref, body }: Click,
  settings: TeamSettings,
  isAdmin: boolean,
): Promise<Show> {
  // A button that names the list of managers lets them in elsewhere.
  if (!isAdmin) return open(notForYou(settings));
  const page = ref.page ?? 0;
  const end = (page + 1) * HISTORY_PAGE;
  // One entry more than we show tells whether there are older ones.
  const entries = await coach.store.workspace.settingsHistory(who.tenant, end + 1);
  const view = historyView(entries.slice(page * HISTORY_PAGE, end), page, entries.length > end);
  return body.view?.callback_id === VIEWS.settingsHistory ? update(view) : open(view);
}

async function remove(request: Request, { ref, screen, body, client }: Click): Promise<Show> {
  const { coach, deps, who } = request;
  const id = listIdOf(ref.section);
  const { item } = ref;
  if (id === null || item === undefined) return open(gone);
  const change = id === OF_MANAGERS.list ? changeGives : changeSettings;
  const changed = await change(coach, who, (current) => LISTS[id].without(current, item));
  if (!changed.ok) return open(notForYou(await teamSettings(coach.store, who.tenant)));
  const { view } = body;
  const isAdmin = await isAdminHere(request);
  // The first screen of somebody who is no admin any more stays as they saw it.
  if (isAdmin && view?.root_view_id && view.root_view_id !== view.id) {
    const first = settingsView(changed.settings, await rootContextOf(request));
    const root = { viewId: view.root_view_id, view: first };
    deps.backgroundTasks.run(request.log, 'the first screen of the settings could not be updated', () =>
      updateBeneath(request, client, [root]),
    );
  }
  return update(
    isAdmin
      ? listView(id, LISTS[id], changed.settings, await contextOf(request), screen.page ?? 0)
      : await listOfManager(request, changed.settings, screen.page ?? 0),
  );
}

/** False: somebody who was let in as the manager of a team. */
async function isAdminHere({ coach, who }: Request): Promise<boolean> {
  return maySet(await actorFor(coach, who), who);
}

async function save(
  request: Request,
  { view, ref, client }: Submission,
  channels: ChannelCheck,
): Promise<Show> {
  const { coach, deps, who } = request;
  const { section, item = null } = ref;
  const form = formOf(section);
  if (form === null || section === undefined) return update(gone);
  const context = await contextOf(request);
  const { values } = view.state;
  const blocks = view.blocks as AnyBlock[];
  const before = await teamSettings(coach.store, who.tenant);
  const typed = form.read(values, before);
  if (!typed.ok) return errors(typed.errors);
  const shown = form.read(shownValues(blocks), before);
  const ineligible = await ineligibleChoices(request, channels, blocks, values);
  if (Object.keys(ineligible).length > 0) return errors(ineligible);

  const saved = await put(request, section, firstInput(blocks), (current) => {
    const now = form.of(current, item, context);
    return form.put(current, item, merged(now, shown.ok ? shown.value : null, typed.value), context);
  });
  if (saved === null) return update(notForYou(before));
  if (!saved.ok) return errors(saved.errors);
  const screens = (await isAdminHere(request))
    ? beneath(view, section, saved.settings, await rootContextOf(request))
    : await beneathManager(request, view, saved.settings);
  deps.backgroundTasks.run(request.log, 'the channel chosen could not be looked up', async () => {
    const trouble = await channelTroubleIn(request, channels, client, values);
    if (trouble === null) return;
    const marked = screens.map((it) => ({ ...it, view: withError(it.view, trouble) }));
    await updateBeneath(request, client, marked);
  });
  return back(...screens);
}

type Saved = { readonly ok: true; readonly settings: TeamSettings } | Extract<Put, { ok: false }>;

/**
 * Changes the settings as they are at the moment of writing; an error changes nothing. Null: not an admin.
 * @param at block id of the input that shows the error when there would be too many entries
 */
async function put(
  { coach, who }: Request,
  section: string,
  at: string,
  change: (current: TeamSettings) => Put,
): Promise<Saved | null> {
  let fault: Extract<Put, { ok: false }> | null = null;
  const edit: SettingsEdit = (current) => {
    const result = change(current);
    fault = result.ok ? null : result;
    return result.ok ? result.value : null;
  };
  const write = section === OF_MANAGERS.form ? changeGives : changeSettings;
  const changed = await write(coach, who, edit);
  if (changed.ok) return fault ?? changed;
  return changed.code === 'too_many' ? { ok: false, errors: { [at]: tooManyText(changed) } } : null;
}

const firstInput = (blocks: readonly AnyBlock[]): string =>
  blocks.find(({ type }) => type === 'input')?.block_id ?? '';

/** Managers see only their list, which is their first screen. */
async function beneathManager(
  request: Request,
  view: Submission['view'],
  settings: TeamSettings,
): Promise<Beneath[]> {
  const { previous_view_id: previous } = view;
  return previous ? [{ viewId: previous, view: await listOfManager(request, settings) }] : [];
}

/** The list of an entry, and the first screen. */
function beneath(
  view: Submission['view'],
  section: string,
  settings: TeamSettings,
  context: RootContext,
): Beneath[] {
  const list = listOfForm(section);
  const { root_view_id: root, previous_view_id: previous } = view;
  return [
    ...(list !== null && previous && previous !== root
      ? [{ viewId: previous, view: listView(list, LISTS[list], settings, context) }]
      : []),
    ...(root && root !== view.id ? [{ viewId: root, view: settingsView(settings, context) }] : []),
  ];
}
