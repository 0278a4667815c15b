import type { Block } from '../blockkit/fillIds';
import type { Core } from '../core';
import { type MenuSurface, readOffer, suggestionDelivery } from '../delivery/menuOptions';
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

/** Somebody opens an external menu or types into it. @throws ControlRefusal if there is none. */
export async function suggest(core: Core, person: Member, action: Suggest): Promise<ActResult> {
  const { surface, id, blocks } = surfaceOf(core, person, action);
  const { element } = clicked(blocks, action);
  if (element.type !== 'external_select' && element.type !== 'multi_external_select')
    throw new ControlRefusal('no_external_menu', `a ${String(element.type)} asks the app for no options`);
  const least = typeof element.min_query_length === 'number' ? element.min_query_length : MIN_QUERY;
  if (action.value.length < least) return { ok: true, delivery: 'none', options: [] };

  const { answer, result } = await sendDelivery(core, suggestionDelivery(core, person, surface, action));
  if (answer.outcome !== 'acked') return { ...result, failure: 'The app did not answer.' };
  const offer = readOffer(answer.body);
  if ('failure' in offer) return { ...result, failure: `The app offered what is no menu: ${offer.failure}` };
  const groups = 'groups' in offer ? offer.groups : undefined;
  const options =
    'options' in offer ? offer.options : offer.groups.flatMap(({ options }) => objectsOf(options));
  core.suggestions.keep(id, action.blockId, action.actionId, options);
  // Checked by readOffer; from here on they are what the protocol says.
  return groups === undefined
    ? { ...result, options: options as unknown as readonly Suggestion[] }
    : { ...result, optionGroups: groups as unknown as readonly SuggestionGroup[] };
}

function blocksIn({ blocks, attachments = [] }: Message): readonly Block[] {
  return [...blocks, ...attachments.flatMap((attachment) => attachment.blocks ?? [])];
}

interface Found {
  readonly surface: MenuSurface;
  /** Of the view, or the message's ts. */
  readonly id: string;
  readonly blocks: readonly Block[];
}

function surfaceOf(core: Core, person: Member, { target }: Suggest): Found {
  if (target.in === 'message') {
    const channel = conversation(core, person, target.channel);
    const message = visibleMessage(channel, person, target.ts);
    return { surface: { channel, message }, id: message.ts, blocks: blocksIn(message) };
  }
  const view = target.in === 'home' ? core.views.homeOf(person.id) : topView(core, person, target.viewId);
  if (view === undefined) throw new ControlRefusal('no_home', `${person.name} has no Home tab of this app`);
  return { surface: { view }, id: view.id, blocks: view.blocks };
}
