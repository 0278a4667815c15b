/** The admins' list of what is left to set up, on App Home. */
import { changeSettings, type SettingsEdit } from '../../coach/settings/changeSettings';
import { teamSettings } from '../../coach/settings/settings';
import { ACTIONS } from '../ids';
import type { Click, On } from './handlers';
import { refreshHome } from './home';
import type { Request } from './request';
import { notForYou } from './settings';
import { nothing, open, type Show } from './show';

/** In a button that shows a part again. */
const AGAIN = 'again';

export function registerSetup(on: On): void {
  on.click(ACTIONS.setupHide, (request, click) =>
    change(request, click, () => ({ setupHidden: click.ref.section !== AGAIN })),
  );
  on.click(ACTIONS.setupInvited, (request, click) =>
    change(request, click, () => ({ invited: click.ref.section !== AGAIN })),
  );
}

async function change(request: Request, { client }: Click, edit: SettingsEdit): Promise<Show> {
  const { coach, deps, log, who } = request;
  const changed = await changeSettings(coach, who, edit);
  if (!changed.ok) return open(notForYou(await teamSettings(coach.store, who.tenant)));
  deps.backgroundTasks.run(log, 'App Home could not be refreshed', () => refreshHome(request, client));
  return nothing;
}
