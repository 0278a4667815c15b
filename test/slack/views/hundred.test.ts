/** Menus with more entries than Slack takes in one list. */
import type { InputBlock, PlainTextOption } from '@slack/types';
import { teamSettingsSchema } from '../../../src/coach/settings/settingsSchema';
import { manyField, radioField, selectField } from '../../../src/slack/views/fields';
import { intake } from '../../../src/slack/views/intake';
import { listView } from '../../../src/slack/views/settings/list';
import { reasonForm } from '../../../src/slack/views/settings/reasons';
import { standInsList } from '../../../src/slack/views/settings/standIns';

const many = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ value: `v${index}`, label: `Entry ${index}` }));

function offered({ element }: InputBlock): (string | undefined)[] {
  const menu = element as {
    options?: PlainTextOption[];
    option_groups?: { options: PlainTextOption[] }[];
  };
  for (const group of menu.option_groups ?? []) expect(group.options.length).toBeLessThanOrEqual(100);
  return [...(menu.options ?? []), ...(menu.option_groups ?? []).flatMap(({ options }) => options)].map(
    ({ value }) => value,
  );
}

test.each([1, 10, 11, 100, 101, 1_000])('each menu offers all of %i entries', (count) => {
  const options = many(count);
  const initial = options.at(-1)?.value;
  const field = { block: 'b', label: 'Which one?', options };
  for (const block of [
    radioField({ ...field, initial }),
    selectField({ ...field, initial }),
    manyField({ ...field, initial: initial === undefined ? [] : [initial] }),
    manyField({ ...field, inSight: true }),
  ]) {
    expect(offered(block)).toEqual(options.map(({ value }) => value));
    const { type } = block.element;
    if (type === 'radio_buttons' || type === 'checkboxes') expect(count).toBeLessThanOrEqual(10);
  }
  expect(selectField({ ...field, initial }).element).toMatchObject({ initial_option: { value: initial } });
});

test('the first screen offers the 101st playbook', () => {
  const playbooks = many(101).map(({ value, label }) => ({ id: value, title: label, summary: label }));
  expect(JSON.stringify(intake({ dealId: 'd1', mode: 'live', playbooks }))).toContain('"v100"');
});

test('the stand-ins of 150 people stand on pages that show each of them', () => {
  const settings = teamSettingsSchema.parse({
    standIns: many(150).map(({ value }) => ({ manager: `UM${value}`, standIn: `US${value}` })),
  });
  const page = (index: number) =>
    listView(
      'stand_ins',
      standInsList,
      settings,
      { newId: 'n', savedBy: 'U0ADMIN', now: 0, isAdmin: true, reasons: [] },
      index,
    );
  const pages = [0, 1, 2, 3].map(page);
  for (const { blocks } of pages) expect(blocks.length).toBeLessThanOrEqual(100);
  const shown = pages.flatMap((view) => [...JSON.stringify(view).matchAll(/"user_id":"US(v\d+)"/gu)]);
  expect(shown.map(([, id]) => id)).toEqual(many(150).map(({ value }) => value));
});

test('a reason is refused beyond 1,000 in use, and retired ones do not count', () => {
  const settings = (count: number, retired: number) =>
    teamSettingsSchema.parse({
      reasons: many(count).map(({ value, label }, index) => ({ id: value, label, retired: index < retired })),
    });
  const add = (count: number, retired: number) =>
    reasonForm.put(
      settings(count, retired),
      null,
      { label: 'New', retired: false },
      { newId: 'n', savedBy: 'U0ADMIN', now: 0, isAdmin: true, reasons: [] },
    );
  expect(add(101, 0).ok).toBe(true);
  expect(add(1_500, 501).ok).toBe(true);
  expect(add(1_500, 500)).toEqual({
    ok: false,
    errors: { 'field:reason_label': 'There are 1,000 reasons in use. Retire one first.' },
  });
});
