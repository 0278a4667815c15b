/**
 * A person types or picks something on a screen before they submit it. We ask Slack about people and channels now, so
 * that we know the answer at the submission, and mark an unusable channel at once.
 */
import type { AnyBlock } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { whyIneligible } from '../../coach/people';
import { teamSettings } from '../../coach/settings/settings';
import { ACTIONS, VIEWS } from '../ids';
import { refusalText } from '../text';
import { formView } from '../views/settings/form';
import { formOf } from '../views/settings/screens';
import { TEAM } from '../views/settings/teams';
import { readChannel, readPeople, readPerson, shownValues, type ViewValues } from '../views/values';
import { afterAgain, saysEnding } from './afterCall';
import { type ChannelCheck, channelRemark, channelTrouble } from './channelCheck';
import { keepDraft } from './drafts';
import type { Click, On } from './handlers';
import type { Request } from './request';
import { contextOf } from './settingsContext';
import { nothing, present, type Show, update } from './show';

export function registerPickers(on: On, channels: ChannelCheck): void {
  on.click(ACTIONS.input, (request, click) => picked(request, click, channels));
}

async function picked(request: Request, click: Click, channels: ChannelCheck): Promise<Show> {
  const { deps, who } = request;
  const describe = (people: readonly (string | null)[]) =>
    deps.backgroundTasks.run(request.log, 'the person picked could not be looked up', () =>
      deps.ensurePeople(
        who.tenant,
        people.filter((it) => it !== null),
      ),
    );
  for (const action of click.body.actions) {
    if (action.type === 'users_select') describe([action.selected_user]);
    if (action.type === 'multi_users_select') describe(action.selected_users);
    if (action.type === 'conversations_select') {
      const { selected_conversation: channel, block_id: block } = action;
      deps.backgroundTasks.run(request.log, 'the channel picked could not be looked up', () =>
        markChannel(request, click, channels, block, channel),
      );
    }
  }
  await keepDraft(request, click);
  return saysEnding(click) ? afterAgain(request, click) : nothing;
}

/** Marks an unusable channel beneath its input; a usable one removes the mark. */
async function markChannel(
  request: Request,
  click: Click,
  channels: ChannelCheck,
  block: string,
  channel: string | null,
): Promise<void> {
  const { coach, who } = request;
  const { section, item } = click.screen;
  if (channel === null || click.body.view?.callback_id !== VIEWS.settingsForm) return;
  const trouble = channelRemark(await channels.ask(click.client, who.tenant, channel));
  const form = formOf(section);
  if (form === null || section === undefined) return;
  const settings = await teamSettings(coach.store, who.tenant);
  const notes = trouble === null ? {} : { [block]: `⚠ ${trouble}` };
  // Block ids stay the same, so that Slack keeps text typed meanwhile.
  const view = formView(section, form, settings, item ?? null, await contextOf(request), notes);
  await present(request, click, update(view));
}

/** The known reasons against people and channels newly chosen on a screen, by block id. */
export async function ineligibleChoices(
  { coach, who }: Request,
  channels: ChannelCheck,
  blocks: readonly AnyBlock[],
  values: ViewValues,
): Promise<Record<string, string>> {
  const before = shownValues(blocks);
  const wrong: Record<string, string> = {};
  for (const block of Object.keys(values)) {
    const channel = readChannel(values, block);
    const isNew = channel !== null && channel !== readChannel(before, block);
    const trouble = isNew ? channelTrouble(channels.known(who.tenant, channel)) : null;
    const known = [...readPeople(before, block), readPerson(before, block)];
    const people = [...readPeople(values, block), readPerson(values, block)].filter(
      (user) => user !== null && !known.includes(user),
    );
    const part = block === TEAM.reps ? 'works' : undefined;
    const reasons = await Promise.all(
      people.map((user) => (user === null ? null : whyIneligible(coach, who.tenant, user, part))),
    );
    const reason = reasons.find((it) => it !== null);
    const message = trouble ?? (reason === undefined ? null : refusalText(reason));
    if (message !== null) wrong[block] = message;
  }
  return wrong;
}

/** The reason against a channel that was saved before Slack had answered; null: none. */
export async function channelTroubleIn(
  { who }: Request,
  channels: ChannelCheck,
  client: WebClient,
  values: ViewValues,
): Promise<string | null> {
  for (const block of Object.keys(values)) {
    const channel = readChannel(values, block);
    if (channel === null || channels.known(who.tenant, channel) !== null) continue;
    const trouble = channelRemark(await channels.ask(client, who.tenant, channel));
    if (trouble !== null) return trouble;
  }
  return null;
}
