/** For admins: versions of playbooks, a preview of each, and the choice of the one that new calls start with. */
import {
  beginPreview,
  chooseVersion,
  playbookList,
  previewPlaybook,
  type VersionNamed,
} from '../../coach/playbookPreview';
import { teamSettings } from '../../coach/settings/settings';
import { ACTIONS, type Ref } from '../ids';
import { notice } from '../views/notice';
import { playbooksView, previewView } from '../views/playbooks';
import { settingsView } from '../views/settings/root';
import type { Click, ClickHandler, On } from './handlers';
import { refreshHome } from './home';
import { practiceView } from './practice';
import type { Request } from './request';
import { notForYou } from './settings';
import { rootContextOf } from './settingsContext';
import { inPlace, open, type Show, updateBeneath } from './show';

const gone = notice(
  "It's gone",
  'This button comes from an earlier version. Look in Settings, under Playbooks.',
);

export function registerPlaybooks(on: On): void {
  on.click(ACTIONS.playbooks, async (request) => {
    const listed = await playbookList(request.coach, request.who);
    return listed === null ? refused(request) : open(playbooksView(listed));
  });
  on.click(ACTIONS.previewPlaybook, ofVersion(preview));
  on.click(
    ACTIONS.previewStart,
    ofVersion(async (request, click, of) => {
      const { practice } = click.ref;
      if (practice === undefined) return open(gone);
      const scene = await beginPreview(request.coach, request.who, { ...of, practice });
      return scene === null ? refused(request) : inPlace(click, await practiceView(request, scene));
    }),
  );
  on.click(ACTIONS.usePlaybook, ofVersion(choose('use')));
  on.click(ACTIONS.keepPlaybook, ofVersion(choose('keep')));
}

type OfVersion = (request: Request, click: Click, of: VersionNamed) => Promise<Show>;

const ofVersion =
  (handle: OfVersion): ClickHandler =>
  (request, click) => {
    const of = versionIn(click.ref);
    return of === null ? open(gone) : handle(request, click, of);
  };

const versionIn = ({ playbook, version }: Ref): VersionNamed | null =>
  playbook === undefined ? null : { playbookId: playbook, version };

async function refused({ coach, who }: Request): Promise<Show> {
  return open(notForYou(await teamSettings(coach.store, who.tenant)));
}

async function preview(request: Request, click: Click, of: VersionNamed): Promise<Show> {
  const offer = await previewPlaybook(request.coach, request.who, of);
  if (offer === null) return refused(request);
  const view = previewView(offer);
  return inPlace(click, view);
}

const choose =
  (how: 'use' | 'keep'): OfVersion =>
  async (request, click, of) => {
    const { coach, deps, log, who } = request;
    if (!(await chooseVersion(coach, who, { ...of, how }))) return refused(request);
    const { view: modal } = click.body;
    deps.backgroundTasks.run(log, 'the screens around a choice could not be refreshed', async () => {
      await refreshHome(request, click.client);
      const root = modal?.root_view_id;
      // The settings are open beneath the list of playbooks.
      if (!root || root === modal?.id || modal?.type !== 'modal') return;
      const settings = await teamSettings(coach.store, who.tenant);
      const view = settingsView(settings, await rootContextOf(request));
      await updateBeneath(request, click.client, [{ viewId: root, view }]);
    });
    return preview(request, click, of);
  };
