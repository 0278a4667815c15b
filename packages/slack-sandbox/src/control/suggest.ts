import type { Block } from '../blockkit/fillIds';
import type { Core } from '../core';
import { type MenuLocation, readOffer, suggestionDelivery } from '../delivery/menuOptions';
import { ControlRefusal } from '../errors';
import { objectsOf } from '../json';
import type { Action, ActResult, Suggestion, SuggestionGroup } from '../protocol';
import type { Member, Message } from '../workspace/model';
import { sendDelivery } from './deliver';
import { conversation, visibleMessage } from './messageActions';
import { clicked, topView } from './viewActions';

type Suggest = Extract<Action, { readonly type: 'suggest' }>;

/** https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element: "If not specified, 3". */
const MIN_QUERY = 3;

/** Opens an external menu or types into it. @throws ControlRefusal no_external_menu for any other element */
export async function suggest(core: Core, person: Member, action: Suggest): Promise<ActResult> {
  const { location, id, blocks } = findMenu(core, person, action);
  const { element } = clicked(blocks, action);
  if (element.type !== 'external_select' && element.type !== 'multi_external_select')
    throw new ControlRefusal('no_external_menu', `a ${String(element.type)} asks the app for no options`);
  const minQuery = typeof element.min_query_length === 'number' ? element.min_query_length : MIN_QUERY;
  if (action.value.length < minQuery) return { ok: true, delivery: 'none', options: [] };

  const { answer, result } = await sendDelivery(core, suggestionDelivery(core, person, location, action));
  if (answer.outcome !== 'acked') return { ...result, failure: 'The app did not answer.' };
  const offer = readOffer(answer.body);
  if ('failure' in offer) return { ...result, failure: `The app’s options are malformed: ${offer.failure}` };
  const groups = 'groups' in offer ? offer.groups : undefined;
  const options =
    'options' in offer ? offer.options : offer.groups.flatMap(({ options }) => objectsOf(options));
  core.offeredOptions.keep(id, action.blockId, action.actionId, options);
  // readOffer has checked that they fit the types of the protocol.
  return groups === undefined
    ? { ...result, options: options as unknown as readonly Suggestion[] }
    : { ...result, optionGroups: groups as unknown as readonly SuggestionGroup[] };
}

function blocksIn({ blocks, attachments = [] }: Message): readonly Block[] {
  return [...blocks, ...attachments.flatMap((attachment) => attachment.blocks ?? [])];
}

interface Menu {
  readonly location: MenuLocation;
  /** Id of the view, or ts of the message. */
  readonly id: string;
  readonly blocks: readonly Block[];
}

function findMenu(core: Core, person: Member, { target }: Suggest): Menu {
  if (target.in === 'message') {
    const channel = conversation(core, person, target.channel);
    const message = visibleMessage(channel, person, target.ts);
    return { location: { channel, message }, id: message.ts, blocks: blocksIn(message) };
  }
  const view = target.in === 'home' ? core.views.homeOf(person.id) : topView(core, person, target.viewId);
  if (view === undefined) throw new ControlRefusal('no_home', `${person.name} has no Home tab of this app`);
  return { location: { view }, id: view.id, blocks: view.blocks };
}
