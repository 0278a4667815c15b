import { findElement, optionsOf } from '../blockkit/walk';
import type { Core } from '../core';
import { applySubmissionAnswer, CONNECTION_TROUBLE } from '../delivery/answers';
import {
  actionOf,
  closedDelivery,
  messageActionDelivery,
  submissionDelivery,
  viewActionDelivery,
} from '../delivery/interactions';
import { ControlRefusal } from '../errors';
import { isObject, type JsonObject, objectsOf, stringOf } from '../json';
import type { Action, ActResult, ElementState, StateValues } from '../protocol';
import {
  applyInput,
  findInputErrors,
  readElementState,
  stateKey,
  withSuggestions,
} from '../workspace/inputState';
import type { Member } from '../workspace/model';
import type { StoredView } from '../workspace/views';
import { sendDelivery } from './deliver';
import { conversation, visibleMessage } from './messageActions';
import { shareFiles, withFiles } from './uploads';

type Of<T extends Action['type']> = Extract<Action, { readonly type: T }>;

const NOT_DELIVERED: ActResult = { ok: true, delivery: 'none' };

/** The modal on top of this person's stack, the only one that takes actions. @throws ControlRefusal view_not_open */
export function topView(core: Core, person: Member, viewId: string): StoredView {
  const top = core.views.stackOf(person.id).at(-1);
  if (top === undefined || top.id !== viewId) {
    throw new ControlRefusal('view_not_open', `${person.name} has no modal ${viewId} on top`);
  }
  return top;
}

/**
 * The state after a person's change, with the options that the app offered in external menus. @throws ControlRefusal
 */
function applyChange(core: Core, stored: StoredView, change: StateValues): StateValues {
  const withUploads = withFiles(core, stored.userId, change);
  return applyInput(stored.blocks, stored.state, withUploads, (blockId, actionId) =>
    core.offeredOptions.of(stored.id, blockId, actionId),
  );
}

export async function input(core: Core, person: Member, action: Of<'input'>): Promise<ActResult> {
  const home = core.views.homeOf(person.id);
  const stored = home?.id === action.viewId ? home : topView(core, person, action.viewId);
  stored.state = applyChange(core, stored, action.state);
  core.workspace.changes.bump();
  const sent = Object.entries(action.state).flatMap(([blockId, values]) =>
    Object.keys(values).flatMap((actionId) => {
      const found = findElement(stored.blocks, blockId, actionId);
      return found !== undefined && dispatchesAtOnce(found.block, found.element)
        ? [sendViewAction(core, person, stored, found, stored.state[blockId]?.[actionId])]
        : [];
    }),
  );
  return (await Promise.all(sent)).at(-1) ?? NOT_DELIVERED;
}

/**
 * Typing dispatches at once only with on_character_entered. A choice does so whenever the input block dispatches
 * actions.
 */
function dispatchesAtOnce(block: JsonObject, element: JsonObject): boolean {
  if (block.type !== 'input') return true;
  if (block.dispatch_action !== true) return false;
  const isText = ['value', 'rich_text_value'].includes(stateKey(stringOf(element.type) ?? '') ?? '');
  if (!isText) return true;
  const config = element.dispatch_action_config;
  return (
    isObject(config) &&
    Array.isArray(config.trigger_actions_on) &&
    config.trigger_actions_on.includes('on_character_entered')
  );
}

export async function click(core: Core, person: Member, action: Of<'click'>): Promise<ActResult> {
  const { target } = action;
  if (target.in === 'message') return clickInMessage(core, person, action, target);
  const stored = target.in === 'home' ? core.views.homeOf(person.id) : topView(core, person, target.viewId);
  if (stored === undefined) throw new ControlRefusal('no_home', `${person.name} has no Home tab of this app`);
  if (action.state !== undefined) stored.state = applyChange(core, stored, action.state);
  const found = clicked(stored.blocks, action);
  const held = stored.state[action.blockId]?.[action.actionId];
  const offered = core.offeredOptions.of(stored.id, action.blockId, action.actionId);
  const element = chosenState(withSuggestions(found.element, offered, held), action.element);
  if (element !== undefined && stateKey(element.type) !== undefined)
    stored.state = applyChange(core, stored, { [action.blockId]: { [action.actionId]: element } });
  stored.failure = undefined;
  core.workspace.changes.bump();
  if (found.block.type === 'input' && found.block.dispatch_action !== true) return NOT_DELIVERED;
  return sendViewAction(core, person, stored, found, element);
}

interface Found {
  readonly block: JsonObject;
  readonly element: JsonObject;
}

export function clicked(
  blocks: readonly JsonObject[],
  action: { readonly blockId: string; readonly actionId: string },
): Found {
  const found = findElement(blocks, action.blockId, action.actionId);
  if (found === undefined) {
    throw new ControlRefusal(
      'no_such_element',
      `nothing with block_id "${action.blockId}" and action_id "${action.actionId}" is shown`,
    );
  }
  return found;
}

/**
 * The new state of a menu or of feedback buttons, with options exactly as the app wrote them; undefined for a button.
 */
function chosenState(element: JsonObject, given: ElementState | undefined): ElementState | undefined {
  const type = stringOf(element.type) ?? '';
  if (type === 'overflow') {
    const wanted = isObject(given?.selected_option) ? given.selected_option : {};
    const option = optionsOf(element).find(
      (candidate) =>
        candidate.value === wanted.value && (wanted.value !== undefined || sameText(candidate, wanted)),
    );
    if (option === undefined) throw new ControlRefusal('no_such_option', 'choose one of the options');
    return { type, selected_option: option };
  }
  if (type === 'feedback_buttons') {
    const pressed = objectsOf([element.positive_button, element.negative_button]).find(
      (button) => button.value === given?.value,
    );
    if (pressed === undefined) throw new ControlRefusal('no_such_option', 'press one of the two buttons');
    return { type, value: String(pressed.value) };
  }
  if (stateKey(type) === undefined) return undefined;
  if (given === undefined) throw new ControlRefusal('no_choice', `a ${type} needs its new state`);
  return readElementState(element, given);
}

function sameText(a: JsonObject, b: JsonObject): boolean {
  return isObject(a.text) && isObject(b.text) && a.text.text === b.text.text;
}

async function sendViewAction(
  core: Core,
  person: Member,
  stored: StoredView,
  { block, element }: Found,
  state: ElementState | undefined,
): Promise<ActResult> {
  const delivery = viewActionDelivery(core, person, stored, actionOf(core, block, element, state));
  const { answer, result } = await sendDelivery(core, delivery);
  if (answer.outcome !== 'acked') showFailure(core, stored);
  return result;
}

async function clickInMessage(
  core: Core,
  person: Member,
  action: Of<'click'>,
  at: { readonly channel: string; readonly ts: string },
): Promise<ActResult> {
  const channel = conversation(core, person, at.channel);
  const message = visibleMessage(channel, person, at.ts);
  const attachment = message.attachments?.find(
    ({ blocks = [] }) => findElement(blocks, action.blockId, action.actionId) !== undefined,
  );
  const found = clicked([...message.blocks, ...(attachment?.blocks ?? [])], action);
  const offered = core.offeredOptions.of(message.ts, action.blockId, action.actionId);
  const element = chosenState(withSuggestions(found.element, offered), action.element);
  const isStateful = element !== undefined && stateKey(element.type) !== undefined;
  const state: StateValues = isStateful ? { [action.blockId]: { [action.actionId]: element } } : {};
  const delivery = messageActionDelivery(
    core,
    person,
    channel,
    message,
    actionOf(core, found.block, found.element, element),
    state,
    attachment?.id,
  );
  const { answer, result } = await sendDelivery(core, delivery);
  if (answer.outcome !== 'acked') {
    const text = isObject(found.element.text)
      ? (stringOf(found.element.text.text) ?? '')
      : String(found.element.action_id);
    core.notices.notify(person.id, `"${text}" did not work: the app did not answer.`, channel.id);
  }
  return result;
}

export async function submit(core: Core, person: Member, action: Of<'submit'>): Promise<ActResult> {
  const stored = topView(core, person, action.viewId);
  if (action.state !== undefined) stored.state = applyChange(core, stored, action.state);
  if (!isObject(stored.view.submit)) throw new ControlRefusal('no_submit', 'this view has no submit button');
  stored.failure = undefined;
  stored.errors = findInputErrors(stored.blocks, stored.state);
  core.workspace.changes.bump();
  if (Object.keys(stored.errors).length > 0) return { ...NOT_DELIVERED, errors: stored.errors };
  shareFiles(core, stored);
  const { answer, result } = await sendDelivery(core, submissionDelivery(core, person, stored));
  if (answer.outcome !== 'acked') {
    showFailure(core, stored);
    return result;
  }
  const errors = applySubmissionAnswer(core, stored, answer.body);
  core.workspace.changes.bump();
  return errors === undefined ? result : { ...result, errors };
}

/** Cancel closes the top view, the X the whole stack. The app gets view_closed only if the view has notify_on_close. */
export async function close(core: Core, person: Member, action: Of<'close'>): Promise<ActResult> {
  const stored = topView(core, person, action.viewId);
  const stack = core.views.stackOf(person.id);
  const isCleared = action.all === true;
  // For the X the event names the root view; for Cancel the top view, even if clear_on_close closes others with it.
  const closed = isCleared ? (stack[0] ?? stored) : stored;
  const delivery =
    closed.view.notify_on_close === true ? closedDelivery(core, person, closed, isCleared) : undefined;
  if (isCleared || stored.view.clear_on_close === true) core.views.closeAll(person.id);
  else core.views.close(stored);
  return delivery === undefined ? NOT_DELIVERED : (await sendDelivery(core, delivery)).result;
}

function showFailure(core: Core, stored: StoredView): void {
  stored.failure = CONNECTION_TROUBLE;
  core.workspace.changes.bump();
}
