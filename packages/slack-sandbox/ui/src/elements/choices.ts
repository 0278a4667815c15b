import type { Option, PlainTextOption } from '@slack/types';
import type { Conversation, PersonView, Workspace } from '../../../src/protocol';
import type { InteractiveElement } from '../blocks/elementState';
import { titleOf } from '../live/sandbox';
import { plain } from '../text/plain';

/** An option of a select. `group` is the label of its option group. */
export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly description?: string;
  readonly group?: string;
  /** The app's own object, which goes back to the app when chosen. */
  readonly option?: Option;
}

export function choiceOf(option: Option, group?: string): Choice {
  return {
    value: option.value ?? '',
    label: option.text.type === 'plain_text' ? plain(option.text) : option.text.text,
    option,
    ...(option.description === undefined ? {} : { description: plain(option.description) }),
    ...(group === undefined ? {} : { group }),
  };
}

interface OptionGroup {
  readonly label: PlainTextOption['text'];
  readonly options: readonly Option[];
}

/** The app's own options, then those of its groups. */
export const choicesFrom = (
  options: readonly Option[] = [],
  groups: readonly OptionGroup[] = [],
): readonly Choice[] => [
  ...options.map((option) => choiceOf(option)),
  ...groups.flatMap((group) => group.options.map((option) => choiceOf(option, plain(group.label)))),
];

const byLabel = (a: Choice, b: Choice) => a.label.localeCompare(b.label);

function peopleChoices(workspace: Workspace): readonly Choice[] {
  return workspace.people
    .filter((person) => !person.deleted)
    .map((person) => ({ value: person.id, label: person.realName, description: person.title }))
    .sort(byLabel);
}

const conversationChoice = (conversation: Conversation): Choice => ({
  value: conversation.id,
  label: titleOf(conversation),
});

type ConversationFilter = { readonly include?: readonly string[] };

const KIND_NAMES = { channel: 'public', group: 'private', im: 'im' } as const;

function conversationChoices(view: PersonView, filter: ConversationFilter | undefined): readonly Choice[] {
  return view.conversations
    .filter((conversation) => !conversation.isArchived)
    .filter((conversation) => filter?.include?.includes(KIND_NAMES[conversation.kind]) ?? true)
    .map(conversationChoice)
    .sort(byLabel);
}

/** The choices of a select for this person. Empty for other elements. */
export function choicesOf(
  element: InteractiveElement,
  workspace: Workspace,
  view: PersonView,
): readonly Choice[] {
  switch (element.type) {
    case 'static_select':
    case 'multi_static_select':
      return choicesFrom(element.options, element.option_groups);
    case 'users_select':
    case 'multi_users_select':
      return peopleChoices(workspace);
    case 'conversations_select':
    case 'multi_conversations_select':
      return conversationChoices(view, element.filter);
    case 'channels_select':
    case 'multi_channels_select':
      return conversationChoices(view, { include: ['public'] });
    default:
      return [];
  }
}
