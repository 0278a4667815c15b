import { parseSettings, type TeamSettings } from '../../../src/coach/settings/settings';
import { settingsDiff } from '../../../src/coach/settings/settingsDiff';
import { ACTIONS } from '../../../src/slack/ids';
import { CALENDAR, readHolidays } from '../../../src/slack/views/settings/calendar';
import { formView, merged } from '../../../src/slack/views/settings/form';
import { historyView } from '../../../src/slack/views/settings/history';
import { listView } from '../../../src/slack/views/settings/list';
import { settingsView } from '../../../src/slack/views/settings/root';
import { FORM_IDS, type FormId, LIST_IDS } from '../../../src/slack/views/settings/screenIds';
import { formOf, LISTS } from '../../../src/slack/views/settings/screens';
import { standInId } from '../../../src/slack/views/settings/standIns';
import { shownValues } from '../../../src/slack/views/values';
import { playbooks } from '../deals';
import { buttonNames, viewFaults } from '../limits';
import { readView } from '../read';

const LONG = '&'.repeat(60);
const people = Array.from({ length: 100 }, (_, index) => `U${String(index).padStart(9, '0')}`);

const currencies = Intl.supportedValuesOf('currency').filter((it) => it !== 'USD');

/** Settings with more entries than anybody will ever set. */
const full: TeamSettings = parseSettings({
  responseChosen: true,
  rates: currencies
    .slice(0, 50)
    .map((currency) => ({ currency, to: 'USD', rate: '123456789.123456789', on: '1970-01-01' })),
  admins: people.slice(0, 30),
  channel: 'C0123456789',
  teams: people.map((id) => ({ id, name: LONG, channel: 'C0123456789', manager: id, reps: people })),
  limits: people.map((manager) => ({
    manager,
    amount: { minor: 9_007_199_254_740_991, currency: 'USD' },
    percent: 12.5,
    approver: 'U1',
  })),
  defaultLimit: { amount: { minor: 9_007_199_254_740_991, currency: 'USD' }, percent: 12.5, approver: 'U1' },
  gives: people.map((id, index) => ({
    id,
    by: 'U0ADMIN',
    team: index % 2 === 0 ? null : id,
    reason: id,
    terms: '&'.repeat(300),
    inReturn: '&'.repeat(300),
    cost: { minor: 9_007_199_254_740_991, currency: 'USD' },
    worthUpTo: { minor: 9_007_199_254_740_991, currency: 'USD' },
    until: '2026-12-31',
    perQuarter: 999,
  })),
  standIns: people.map((manager) => ({ manager, standIn: 'U1', from: '2026-01-01', until: '2026-12-31' })),
  reasons: people.map((id, index) => ({ id, label: `${index} ${'&'.repeat(70)}`, retired: index % 2 === 0 })),
  fallback: { kind: 'channel', channel: 'C0123456789' },
  retentionMonths: 24,
});
const bare = parseSettings(null);
const context = {
  newId: 'new',
  savedBy: 'U0ADMIN',
  now: 0,
  isAdmin: true,
  reasons: [{ id: 'price', label: 'Price' }],
  playbooks,
  newVersions: 0,
  warnings: 0,
  installationChannel: null,
};

const ITEMS: Partial<Record<FormId, string | undefined>> = {
  team: full.teams[0]?.id,
  limit: full.limits[0]?.manager,
  give: full.gives[0]?.id,
  stand_in: full.standIns[0] && standInId(full.standIns[0]),
  reason: full.reasons?.[0]?.id,
};

describe('the screens of the settings', () => {
  it.each(FORM_IDS)('%s fits Slack, bare and full, and reads back what it shows', (id) => {
    const form = formOf(id);
    if (form === null) throw new Error(id);
    expect(viewFaults(formView(id, form, bare, null, context))).toEqual([]);
    const item = ITEMS[id] ?? null;
    const view = formView(id, form, full, item, context);
    expect(viewFaults(view)).toEqual([]);
    const value = form.of(full, item, context);
    const read = form.read(shownValues(view.blocks), full);
    expect(read).toEqual({ ok: true, value });
    if (value === null || !read.ok) throw new Error('nothing to put');
    const put = form.put({ ...full, teams: full.teams.slice(0, 1) }, item, read.value, context);
    // In this fixture a manager is a rep of their own team, which the form refuses; the rest is no change.
    if (id === 'team') expect(put.ok).toBe(false);
    else expect(put.ok && settingsDiff(full, { ...full, ...put.value })).toEqual([]);
  });

  it.each(LIST_IDS)('the list of %s fits Slack, page by page', (id) => {
    expect(viewFaults(listView(id, LISTS[id], bare, context))).toEqual([]);
    for (const page of [0, 1, 2, 99]) {
      expect(viewFaults(listView(id, LISTS[id], full, context, page))).toEqual([]);
    }
  });

  it('the first one and the history fit', () => {
    expect(viewFaults(settingsView(bare, context))).toEqual([]);
    expect(viewFaults(settingsView(full, context))).toEqual([]);
    const entries = settingsDiff(bare, full)
      .slice(0, 15)
      .map((change, seq) => ({ ...change, seq, at: 0, by: 'U1' }));
    expect(viewFaults(historyView(entries, 1, true))).toEqual([]);
    expect(viewFaults(historyView([], 0, false))).toEqual([]);
  });
});

describe('the playbooks', () => {
  it('stand with the version that new deals start with, and say how many new ones wait', () => {
    const [first] = playbooks;
    const words = readView(settingsView(bare, context));
    expect(words).toContain(`Checking for a heartbeat: 18 screens, version ${first?.hash.slice(0, 8)}`);
    expect(words).toMatch(/One last question: 19 screens, version [0-9a-f]{8}\n\[Open\]/u);
    expect(words).not.toContain('to look at');
    const waiting = readView(settingsView(bare, { ...context, newVersions: 1 }));
    expect(waiting).toContain('1 new version to look at.');
  });

  it('say how much the start found hard to read', () => {
    const words = readView(settingsView(bare, { ...context, warnings: 2 }));
    expect(words).toContain('2 lines too long for a call. The log says where.');
  });
});

describe('everybody else’s limit', () => {
  const form = formOf('default_limit');
  if (form === null) throw new Error('no form');
  const typed = (amount: string, approver: string | null) =>
    form.read(
      {
        'field:default_amount': { input: { value: amount } },
        'field:default_percent': { input: { value: null } },
        'field:default_approver': { input: { selected_user: approver } },
      },
      bare,
    );

  it('wants an approver and an amount or percentage, or nothing at all', () => {
    expect(typed('', null)).toEqual({ ok: true, value: { defaultLimit: null } });
    expect(typed('500', 'U1')).toMatchObject({ ok: true, value: { defaultLimit: { approver: 'U1' } } });
    expect(typed('500', null)).toMatchObject({
      ok: false,
      errors: { 'field:default_approver': expect.anything() },
    });
    expect(typed('', 'U1')).toMatchObject({
      ok: false,
      errors: { 'field:default_amount': expect.anything() },
    });
  });

  it('is on the first screen and in the history', () => {
    expect(readView(settingsView(full, context))).toContain('and 12.5 % of the deal, then <U1>');
    const changes = settingsDiff(bare, { ...bare, defaultLimit: full.defaultLimit });
    const entries = changes.map((change, seq) => ({ ...change, seq, at: 0, by: 'U1' }));
    expect(readView(historyView(entries, 0, false))).toContain('Limit of everybody else added: $');
  });
});

describe('a list of the settings', () => {
  it('reads out which team a button changes', () => {
    const team = (id: string, name: string) => ({ id, name, channel: null, manager: null, reps: [] });
    const teams = [team('1', 'North'), team('2', 'South')];
    const names = buttonNames(listView('teams', LISTS.teams, { ...bare, teams }, context).blocks);
    expect(names.slice(0, 4)).toEqual(['Change: North', 'Remove: North', 'Change: South', 'Remove: South']);
  });
});

describe('the history', () => {
  const told = (from: TeamSettings, to: TeamSettings) =>
    readView(
      historyView(
        settingsDiff(from, to).map((change, seq) => ({ ...change, seq, at: 0, by: 'U1' })),
        0,
        false,
      ),
    );

  it('names an added or removed entry once, and then its content', () => {
    const team = { id: 'T', name: 'North', channel: null, manager: 'U2', reps: ['U3'] };
    expect(told(bare, { ...bare, teams: [team] })).toContain('Team “North” added: <U2>, <U3>');
    expect(told({ ...bare, teams: [team] }, bare)).toContain('Team “North” removed: <U2>, <U3>');
    const days = { ...bare, silenceDays: bare.silenceDays + 7 };
    expect(told(bare, days)).toContain('Days without news: 14 → 21');
  });
});

describe('a screen changes only what was changed on it', () => {
  it('other people’s changes meanwhile stay', () => {
    const shown = { name: 'North', manager: 'U1', reps: ['U2'] };
    const now = { name: 'North', manager: 'U9', reps: ['U2'] };
    expect(merged(now, shown, { ...shown, reps: ['U2', 'U3'] })).toEqual({
      name: 'North',
      manager: 'U9',
      reps: ['U2', 'U3'],
    });
    expect(merged(null, shown, shown)).toEqual(shown);
  });
});

describe('the audit trail', () => {
  it('names each change with its part, the old and the new value', () => {
    const team = { id: 't1', name: 'North', channel: null, manager: 'U1', reps: ['U2'] };
    const before = { ...bare, teams: [team], admins: ['U1'] };
    const after: TeamSettings = {
      ...before,
      teams: [
        { ...team, manager: 'U3' },
        { ...team, id: 't2', name: 'South' },
      ],
      workingDay: { ...bare.workingDay, endMinute: 1080 },
      admins: [],
    };
    expect(settingsDiff(before, after)).toEqual([
      { field: 'workingDay', item: null, part: 'endMinute', from: 1020, to: 1080 },
      { field: 'admins', item: null, part: null, from: ['U1'], to: [] },
      { field: 'teams', item: 'North', part: 'manager', from: 'U1', to: 'U3' },
      { field: 'teams', item: 'South', part: null, from: null, to: { ...team, id: 't2', name: 'South' } },
    ]);
    expect(settingsDiff(after, after)).toEqual([]);
  });
});

describe('holidays', () => {
  const read = (text: string) => {
    const block = CALENDAR.holidays;
    return readHolidays({ [block]: { [ACTIONS.input]: { value: text } } }, block);
  };

  it.each([
    ['2026-12-25', ['2026-12-25']],
    [' 2026-12-26 \n\n2026-12-25\n2026-12-25', ['2026-12-25', '2026-12-26']],
    ['', []],
  ])('“%s” are dates', (text, value) => {
    expect(read(text)).toEqual({ ok: true, value });
  });

  it.each([
    ['2026-02-29', "Line 1: “2026-02-29” isn't a date."],
    ['2026-12-25\nChristmas', "Line 2: “Christmas” isn't a date."],
    ['25.12.2026', "Line 1: “25.12.2026” isn't a date."],
  ])('“%s” is told what is wrong with it', (text, error) => {
    expect(read(text)).toMatchObject({
      ok: false,
      errors: { [CALENDAR.holidays]: expect.stringContaining(error) },
    });
  });
});

describe('exchange rates', () => {
  const form = formOf('rates');
  if (form === null) throw new Error('no form');
  const now = Date.parse('2026-11-03T12:00:00Z');
  const save = (text: string, settings = bare) => {
    const read = form.read({ 'field:rates': { [ACTIONS.input]: { value: text } } }, settings);
    return read.ok ? form.put(settings, null, read.value, { ...context, now }) : read;
  };
  const eur = { currency: 'EUR', to: 'USD', rate: '1.08', on: '2026-11-03' };

  it('are one currency a line, with the rate and its day', () => {
    expect(save(' eur  01.080 2026-11-03 \n\nJPY 0.0065 2026-11-01')).toEqual({
      ok: true,
      value: { rates: [eur, { currency: 'JPY', to: 'USD', rate: '0.0065', on: '2026-11-01' }] },
    });
    expect(save('')).toEqual({ ok: true, value: { rates: [] } });
  });

  it.each([
    ['EUR 1.08', "Line 1: “EUR 1.08” isn't a rate. Type it like EUR 1.08 2026-11-03, one currency a line."],
    ['EUR 1,085 2026-11-03', "isn't a rate"],
    ['EUR 0.000 2026-11-03', "isn't a rate"],
    ['EUR -1 2026-11-03', "isn't a rate"],
    ['EUR 1.08 2026-02-30', "isn't a rate"],
    ['EUR 1.08 2026-11-03 and more', "isn't a rate"],
    ['GBP 1.3 2026-11-03\nXXY 1.08 2026-11-03', 'Line 2: “XXY 1.08'],
    ['USD 1 2026-11-03', 'Line 1: USD is your own currency. Take this line out.'],
    ['EUR 1.08 2026-11-03\nEUR 1.09 2026-11-03', 'Line 2: EUR is there twice. Keep one of the lines.'],
    ['EUR 1.08 2027-11-03', 'EUR: 2027-11-03 is still to come. Type the day of the rate.'],
  ])('“%s” is told what is wrong with it', (text, error) => {
    expect(save(text)).toMatchObject({
      ok: false,
      errors: { 'field:rates': expect.stringContaining(error) },
    });
  });

  it('to another currency wait until the team goes back to it', () => {
    const francs = parseSettings({ currency: 'CHF', rates: [eur] });
    expect(readView(settingsView(francs, context))).toContain('None. Reports show one sum per currency.');
    expect(save('EUR 0.93 2026-11-03', francs)).toEqual({
      ok: true,
      value: { rates: [eur, { ...eur, to: 'CHF', rate: '0.93' }] },
    });
  });

  it('are on the first screen and in the history', () => {
    const after = { ...bare, rates: [eur] };
    expect(readView(settingsView(after, context))).toContain('1 EUR is 1.08 USD, 2026-11-03');
    const changes = [
      ...settingsDiff(bare, after),
      ...settingsDiff(after, { ...bare, rates: [{ ...eur, rate: '1.09' }] }),
    ];
    const entries = changes.map((change, seq) => ({ ...change, seq, at: 0, by: 'U1' }));
    const words = readView(historyView(entries, 0, false));
    expect(words).toContain('Exchange rate EUR added: 1.08 USD, 2026-11-03');
    expect(words).toContain('Exchange rate EUR, rate: 1.08 → 1.09');
  });
});
