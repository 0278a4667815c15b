/** A person's typed words and choices stand in the inputs when the screen opens again. */
import type { InputBlock } from '@slack/types';
import { draftOf, keptWhileTyped, withDraft } from '../../../src/slack/views/draft';
import {
  channelField,
  dateField,
  manyField,
  momentField,
  peopleField,
  personField,
  radioField,
  selectField,
  textField,
  timeField,
} from '../../../src/slack/views/fields';
import { modal } from '../../../src/slack/views/modal';
import { shownValues } from '../../../src/slack/views/values';

const block = 'field:one';
const field = { block, label: 'One' };
const options = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ value: `v${index}`, label: `Entry ${index}` }));
const screen = (input: InputBlock) => modal({ id: 'step', title: 'A screen', blocks: [input] });
/** The value of the one input when the screen opens, after Slack reported this as typed there. */
const reopened = (input: InputBlock, typed: object) => {
  const draft = draftOf({ [block]: { input: { type: input.element.type, ...typed } } });
  const { blocks } = withDraft(screen(input), draft ?? {});
  return shownValues(blocks)[block]?.input;
};

test.each<[string, InputBlock, object]>([
  ['a line', textField(field), { value: 'words' }],
  ['an hour', timeField(field), { selected_time: '17:00' }],
  ['a day', dateField(field), { selected_date: '2026-12-24' }],
  ['a moment', momentField(field), { selected_date_time: 1_764_000_000 }],
  ['a colleague', personField(field), { selected_user: 'U1' }],
  ['colleagues', peopleField(field), { selected_users: ['U1', 'U2'] }],
  ['a channel', channelField(field), { selected_conversation: 'C1' }],
])('%s that was typed or picked is there again', (_, input, typed) => {
  expect(reopened(input, typed)).toEqual(typed);
});

test.each<[string, InputBlock]>([
  ['a choice in sight', radioField({ ...field, options: options(3) })],
  ['a menu', selectField({ ...field, options: options(100) })],
  ['a menu with groups', selectField({ ...field, options: options(250) })],
])('%s shows what was chosen, unless it is offered no more', (_, input) => {
  const chosen = (value: string) => ({
    selected_option: { value, text: { type: 'plain_text', text: 'Old' } },
  });
  expect(reopened(input, chosen('v2'))).toMatchObject({
    selected_option: { value: 'v2', text: { text: 'Entry 2' } },
  });
  expect(reopened(input, chosen('retired'))).toEqual({});
});

test.each<[string, InputBlock]>([
  ['boxes', manyField({ ...field, options: options(3) })],
  ['a menu of many', manyField({ ...field, options: options(100) })],
  ['a menu of many with groups', manyField({ ...field, options: options(250) })],
])('%s show what was chosen and is still offered', (_, input) => {
  const selected_options = ['v0', 'retired', 'v2'].map((value) => ({ value }));
  expect(reopened(input, { selected_options })).toMatchObject({
    selected_options: [{ value: 'v0' }, { value: 'v2' }],
  });
});

test.each<[string, InputBlock, object]>([
  ['words', textField({ ...field, initial: 'kept' }), { value: null }],
  ['a day', dateField({ ...field, initial: '2026-12-24' }), { selected_date: null }],
  ['a colleague', personField({ ...field, initial: 'U1' }), { selected_user: null }],
  ['colleagues', peopleField({ ...field, initial: ['U1'] }), { selected_users: [] }],
  ['boxes', manyField({ ...field, options: options(3), initial: ['v1'] }), { selected_options: [] }],
])('an input for %s that a person emptied is empty when they come back', (_, input, typed) => {
  expect(reopened(input, typed)).toEqual({});
});

test('an emoji at the limit is not cut in two, and inputs that nobody touched stay as they were', () => {
  expect(reopened(textField({ ...field, max: 3 }), { value: 'ab👍🏽' })).toEqual({ value: 'ab' });
  const untouched = textField({ ...field, initial: 'as it was' });
  expect(withDraft(screen(untouched), {})).toEqual(screen(untouched));
});

test('each input reports at each keystroke or choice', () => {
  const inputs = [textField(field), dateField(field), selectField({ ...field, options: options(3) })];
  for (const input of inputs)
    expect(keptWhileTyped(screen(input)).blocks[0]).toMatchObject({ dispatch_action: true });
  expect(keptWhileTyped(screen(textField(field))).blocks[0]).toMatchObject({
    element: { dispatch_action_config: { trigger_actions_on: ['on_character_entered'] } },
  });
});
