/**
 * A person or a channel was picked on a screen that is not submitted yet: Slack is asked about it now, so that it is
 * known when the screen is saved, and said at once when it cannot be used.
 */
import type { App } from '@slack/bolt';
import type { AnyBlock } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { Coach } from '../../coach/context';
import { whyIneligible } from '../../coach/people';
import { teamSettings } from '../../coach/settings/settings';
import { ACTIONS, decodeRef, VIEWS } from '../ids';
import { refusalText } from '../text';
import { formView } from '../views/settings/form';
import { formOf } from '../views/settings/screens';
import { readChannel, readPeople, readPerson, shownValues, type ViewValues } from '../views/values';
import { type ChannelCheck, channelTrouble } from './channelCheck';
import { type Click, nothing, onClick, present, update } from './handlers';
import type { Request, SlackDeps } from './request';
import { contextOf } from './settingsContext';

export interface Picks {
  readonly coach: Coach;
  readonly channels: ChannelCheck;
}

export function registerPicked(app: App, deps: SlackDeps, channels: ChannelCheck): void {
  const { coach } = deps;

  onClick(app, deps, ACTIONS.input, async (d, click) => {
    for (const action of click.body.actions) {
      if (action.type === 'users_select') learn(d, [action.selected_user]);
      if (action.type === 'multi_users_select') learn(d, action.selected_users);
      if (action.type === 'conversations_select') {
        const { selected_conversation: channel } = action;
        deps.backgroundTasks.run(d.log, 'the channel picked could not be looked at', () =>
          look(d, click, action.block_id, channel),
        );
      }
    }
    return nothing;
  });

  const learn = (d: Request, people: readonly (string | null)[]) =>
    deps.backgroundTasks.run(d.log, 'the person picked could not be looked up', () =>
      deps.ensurePeople(
        d.who.tenant,
        people.filter((it) => it !== null),
      ),
    );

  /** Says beneath the input what is to do; a channel that can be used takes the words away again. */
  async function look(d: Request, click: Click, block: string, channel: string | null): Promise<void> {
    if (channel === null || click.body.view?.callback_id !== VIEWS.settingsForm) return;
    const trouble = channelTrouble(await channels.ask(click.client, d.who.tenant, channel));
    const ref = decodeRef(click.body.view.private_metadata);
    const form = formOf(ref?.section);
    if (form === null || ref?.section === undefined) return;
    const settings = await teamSettings(coach.store, d.who.tenant);
    const notes = trouble === null ? {} : { [block]: `⚠ ${trouble}` };
    // Ids stay, so that Slack keeps what was typed meanwhile.
    const view = formView(ref.section, form, settings, ref.item ?? null, contextOf(deps, d), notes);
    await present(d, click, update(view));
  }
}

/** What is wrong with the people and channels newly chosen on a screen, as far as it is known; by block id. */
export async function ineligibleChoices(
  { coach, channels }: Picks,
  { who }: Request,
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
    const reasons = await Promise.all(
      people.map((user) => (user === null ? null : whyIneligible(coach, who.tenant, user))),
    );
    const reason = reasons.find((it) => it !== null);
    const message = trouble ?? (reason === undefined ? null : refusalText(reason));
    if (message !== null) wrong[block] = message;
  }
  return wrong;
}

/** What is wrong with a channel that was saved before Slack had answered; null: nothing. */
export async function whyIneligibleFor(
  { channels }: Picks,
  { who }: Request,
  client: WebClient,
  values: ViewValues,
): Promise<string | null> {
  for (const block of Object.keys(values)) {
    const channel = readChannel(values, block);
    if (channel === null || channels.known(who.tenant, channel) !== null) continue;
    const trouble = channelTrouble(await channels.ask(client, who.tenant, channel));
    if (trouble !== null) return trouble;
  }
  return null;
}
