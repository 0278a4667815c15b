/** `/lostdeal settings`: its screens, saving what was changed on them, and who changed what. */
import type { App } from '@slack/bolt';
import type { AnyBlock, ModalView } from '@slack/types';
import { actorFor } from '../../coach/act';
import { changeSettings, type SettingsChanged, type SettingsEdit } from '../../coach/settings/changeSettings';
import { maySet, type TeamSettings, teamSettings } from '../../coach/settings/settings';
import { ACTIONS, decodeRef, VIEWS } from '../ids';
import { withError } from '../views/modal';
import { notice } from '../views/notice';
import { formView, merged, type Put, type SettingsForm } from '../views/settings/form';
import { HISTORY_PAGE, historyView } from '../views/settings/history';
import { listView } from '../views/settings/list';
import { type RootContext, settingsView } from '../views/settings/root';
import { formOf, LISTS, listIdOf, listOfForm } from '../views/settings/screens';
import { shownValues, type ViewValues } from '../views/values';
import type { ChannelCheck } from './channelCheck';
import {
  type Beneath,
  back,
  errors,
  onClick,
  onSubmit,
  open,
  type Show,
  type Submission,
  update,
  updateBeneath,
} from './handlers';
import { ineligibleChoices, whyIneligibleFor } from './pickers';
import type { Request, SlackDeps } from './request';
import { contextOf } from './settingsContext';

/** The first screen of the settings, or who may open it. */
export async function settingsScreen(deps: SlackDeps, d: Request): Promise<ModalView> {
  const { coach } = deps;
  const settings = await teamSettings(coach.store, d.who.tenant);
  if (!maySet(await actorFor(coach, d.who), d.who)) return notForYou(settings);
  return settingsView(settings, contextOf(deps, d));
}

function notForYou({ admins }: TeamSettings): ModalView {
  return notice('Settings', [
    'Admins choose these for the team: Slack’s admins and owners of this workspace',
    ...(admins.length === 0 ? [] : [', and ', ...admins.flatMap((user) => [{ user }, ' '])]),
    '. Please ask one of them. When you do not want to be disturbed, and who decides while you are out, you set yourself: /lostdeal quiet and /lostdeal out.',
  ]);
}

const gone = notice('Not here any more', 'This entry was removed meanwhile. Please go back and look again.');

export function registerSettings(app: App, deps: SlackDeps, channels: ChannelCheck): void {
  const { coach } = deps;
  const picks = { coach, channels };

  /** A screen for admins: anybody else is told who may. */
  const forAdmins =
    (show: (d: Request, settings: TeamSettings, context: RootContext) => Promise<Show> | Show) =>
    async (d: Request): Promise<Show> => {
      const settings = await teamSettings(coach.store, d.who.tenant);
      if (!maySet(await actorFor(coach, d.who), d.who)) return open(notForYou(settings));
      return show(d, settings, contextOf(deps, d));
    };

  onClick(app, deps, ACTIONS.settings, async (d) => open(await settingsScreen(deps, d)));

  onClick(app, deps, ACTIONS.settingsList, (d, { value, body }) =>
    forAdmins((_d, settings, context) => {
      const ref = decodeRef(value);
      const id = listIdOf(ref?.section);
      if (id === null) return open(gone);
      const view = listView(id, LISTS[id], settings, context, ref?.page ?? 0);
      // Its own page buttons turn it; from the first screen it opens.
      return body.view?.callback_id === VIEWS.settingsList ? update(view) : open(view);
    })(d),
  );

  onClick(app, deps, ACTIONS.settingsForm, (d, { value }) =>
    forAdmins((_d, settings, context) => {
      const ref = decodeRef(value);
      const form = formOf(ref?.section);
      const item = ref?.item ?? null;
      if (form === null || ref?.section === undefined) return open(gone);
      if (item !== null && form.of(settings, item, context) === null) return open(gone);
      return open(formView(ref.section, form, settings, item, context));
    })(d),
  );

  onClick(app, deps, ACTIONS.settingsRemove, async (d, { value, body, client }) => {
    const ref = decodeRef(value);
    const id = listIdOf(ref?.section);
    const item = ref?.item;
    if (id === null || item === undefined) return open(gone);
    const changed = await changeSettings(coach, d.who, (current) => LISTS[id].without(current, item));
    if (!changed.ok) return open(notForYou(await teamSettings(coach.store, d.who.tenant)));
    const { view } = body;
    if (view?.root_view_id && view.root_view_id !== view.id) {
      const root = { viewId: view.root_view_id, view: settingsView(changed.settings, contextOf(deps, d)) };
      deps.backgroundTasks.run(d.log, 'the first screen of the settings is out of date', () =>
        updateBeneath(d, client, [root]),
      );
    }
    const page = decodeRef(view?.private_metadata)?.page ?? 0;
    return update(listView(id, LISTS[id], changed.settings, contextOf(deps, d), page));
  });

  onClick(app, deps, ACTIONS.settingsHistory, (d, { value, body }) =>
    forAdmins(async () => {
      const page = decodeRef(value)?.page ?? 0;
      // One more than is shown tells whether there are older ones.
      const entries = await coach.store.workspace.settingsHistory(
        d.who.tenant,
        (page + 1) * HISTORY_PAGE + 1,
      );
      const view = historyView(
        entries.slice(page * HISTORY_PAGE, (page + 1) * HISTORY_PAGE),
        page,
        entries.length > (page + 1) * HISTORY_PAGE,
      );
      return body.view?.callback_id === VIEWS.settingsHistory ? update(view) : open(view);
    })(d),
  );

  onSubmit(app, deps, VIEWS.settingsForm, async (d, submission) => {
    const ref = decodeRef(submission.view.private_metadata);
    const form = formOf(ref?.section);
    if (form === null || ref?.section === undefined) return update(gone);
    return save(d, submission, ref.section, form, ref.item ?? null);
  });

  async function save(
    d: Request,
    { view, client }: Submission,
    id: string,
    form: SettingsForm,
    item: string | null,
  ): Promise<Show> {
    const context = contextOf(deps, d);
    const values: ViewValues = view.state.values;
    const before = await teamSettings(coach.store, d.who.tenant);
    const typed = form.read(values, before);
    if (!typed.ok) return errors({ ...typed.errors });
    const shown = form.read(shownValues(view.blocks as AnyBlock[]), before);
    const unfit = await ineligibleChoices(picks, d, view.blocks as AnyBlock[], values);
    if (Object.keys(unfit).length > 0) return errors(unfit);

    const { outcome, changed } = await apply(d, (current) => {
      const now = form.of(current, item, context);
      return form.put(current, item, merged(now, shown.ok ? shown.value : null, typed.value), context);
    });
    if (!changed.ok) return update(notForYou(before));
    if (!outcome.ok) return errors({ ...outcome.errors });
    const screens = beneath(view, id, changed.settings, context);
    deps.backgroundTasks.run(d.log, 'the channel chosen could not be looked at', async () => {
      const trouble = await whyIneligibleFor(picks, d, client, values);
      if (trouble === null) return;
      await updateBeneath(
        d,
        client,
        screens.map((it) => ({ ...it, view: withError(it.view, trouble) })),
      );
    });
    return back(...screens);
  }

  /** Put as the settings are at the moment of writing; what does not fit then changes nothing. */
  async function apply(d: Request, put: (current: TeamSettings) => Put) {
    let outcome: Put = { ok: true, value: {} };
    const edit: SettingsEdit = (current) => {
      outcome = put(current);
      return outcome.ok ? outcome.value : null;
    };
    const changed: SettingsChanged = await changeSettings(coach, d.who, edit);
    return { outcome: outcome as Put, changed };
  }

  /** The list an entry stands in, and the first screen. */
  function beneath(
    view: Submission['view'],
    id: string,
    settings: TeamSettings,
    context: RootContext,
  ): Beneath[] {
    const list = listOfForm(id);
    const { root_view_id: root, previous_view_id: previous } = view;
    return [
      ...(list !== null && previous && previous !== root
        ? [{ viewId: previous, view: listView(list, LISTS[list], settings, context) }]
        : []),
      ...(root && root !== view.id ? [{ viewId: root, view: settingsView(settings, context) }] : []),
    ];
  }
}
