/** Figures as a manager asks for them: a report by direct message, a competitor as a screen, and nothing of other teams. */
import { readdirSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import type { MessageHandle } from 'slack-sandbox';
import type { Deal } from '../../src/deal/model/deal';
import { exportsFolder } from '../../src/insights/export/temporaryFiles';
import { INSIGHT_VERSION, insightOf } from '../../src/insights/insightOf';
import { aDeal, anAsk, commitOf, MATCH } from '../store/builder';
import { DAY } from './support/clock';
import { dmOf } from './support/shortcuts';
import { startWorld, TENANT, type World } from './support/world';

const NORTH = { id: 'T1', name: 'North', manager: 'U00000MAYA', reps: ['U0000ROBIN'], channel: null };
const SOUTH = { id: 'T2', name: 'South', manager: 'U00000DANA', reps: ['U00000KIM1'], channel: null };
const usd = (minor: number) => ({ minor, currency: 'USD' });

let world: World;
beforeAll(async () => {
  world = await startWorld({ settings: { teams: [NORTH, SOUTH] } });
  await lost();
});
afterAll(() => world.stop());

/** A deal that went to Globex, and was matched. */
function about(id: string, rep: string, back: boolean): Deal {
  const { playbooks, clock } = world.lostdeal.coach;
  const playbook = playbooks.latest(playbooks.default);
  if (playbook === null) throw new Error('there is no playbook');
  const now = clock.now();
  const start = aDeal({ id, tenant: TENANT, rep, account: `Account ${id}`, startedAt: now });
  const decided = {
    ...MATCH,
    id: 3,
    by: 'U00000MAYA',
    at: now,
    value: usd(100_000),
    proposedBy: null,
    remark: null,
    uncosted: null,
    worthRaised: null,
  };
  return {
    ...start,
    playbook: { id: playbook.id, hash: playbook.hash },
    position: null,
    stage: 'closed' as const,
    verdict: 'pulse' as const,
    details: { ...start.details, competitor: 'Globex', reasons: ['payment_terms'], amount: usd(4_800_000) },
    trail: [
      {
        stepId: 'attraction',
        visit: 1,
        answer: { kind: 'text' as const, text: 'ninety days to pay' },
        fact: 'attraction' as const,
        source: 'prospect' as const,
        at: now,
      },
    ],
    ask: anAsk({
      id: 2,
      at: now,
      manager: 'U00000MAYA',
      status: 'decided',
      decisions: [decided],
      deadline: now + 1,
    }),
    outcome: back
      ? ({ kind: 'won_back', part: 'whole', amount: null, took: null } as const)
      : ({ kind: 'lost', reason: null } as const),
    outcomeAt: now,
    closedAt: now,
    closedBecause: 'outcome' as const,
  };
}

const keep = async (deal: Deal): Promise<void> => {
  const { store } = world.lostdeal.coach;
  await store.deals.commit({ ...commitOf(deal), changesNoMessage: true });
  await store.insights.writeRows(INSIGHT_VERSION, [{ ...insightOf(deal), tenant: TENANT }]);
};

/** Four deals of Robin that went to Globex, of which three came back; and one of somebody else. */
async function lost(): Promise<void> {
  const deals = [
    ...['1', '2', '3', '4'].map((id) => about(id, 'U0000ROBIN', id !== '4')),
    { ...about('5', 'U00000KIM1', false), ask: null },
  ];
  for (const deal of deals) await keep(deal);
}

it('a manager asks for a report, reads it in a direct message, and opens the deals behind it', async () => {
  const maya = world.slack.as('maya');
  await maya.slash('/lostdeal report', { in: 'C0000SALES' });
  await maya
    .channel('#sales')
    .waitFor(
      'Your report is on its way. It comes as a direct message. Did a company called Report say no? Type /lostdeal on its own.',
    );
  const report = await (await dmOf(world, 'maya')).waitFor("In the last 90 days we've lost 4 deals");
  expect(report.fallback).toContain('won back 3');
  expect(report.text()).toContain(
    'Payment terms: said 4 times ($192,000), given 4, each for something in return, back 3.',
  );
  expect(report.text()).toContain('With so few it could be one in three or nearly always.');
  // One competitor and one reason: the table would say it again.
  expect(report.text()).not.toContain('Was it the reason?');
  expect(report.text()).toContain('Globex won 4 of 4 deals.');
  expect(report.text()).toContain('This counts only deals that you can see.');
  expect(report.blocks.map(({ type }) => type)).toContain('data_visualization');
  await report.click('Show the deals');
  const behind = await maya.modal('Deals behind it');
  expect(behind.text()).toContain('Account 4');
  expect(behind.text()).not.toContain('Account 5');
  await behind.closeAll();
});

it('a rep sees nothing of other reps, and an admin sees all', async () => {
  await world.slack.as('dana').slash('/lostdeal report vs Globex');
  const all = await (await dmOf(world, 'dana')).waitFor('lost 5 deals to Globex');
  expect(all.text()).not.toContain('This counts only deals');
  const sam = await dmOf(world, 'sam');
  for (const [words, said] of [
    ['', "In the last 90 days we've lost no deals that you can see.\nTry a longer period"],
    [' all', "So far we've lost no deals that you can see.\nFigures begin with the first lost deal."],
    [' last quarter', 'Last quarter we lost no deals'],
    [' 2019', 'In 2019 we lost no deals'],
    [' March 2020', 'In March 2020 we lost no deals'],
    [' vs Globx', "In the last 90 days we've lost no deals to Globx that you can see."],
  ] as const) {
    await world.slack.as('sam').slash(`/lostdeal report${words}`);
    expect((await sam.waitFor(said)).text()).not.toContain('Did you mean');
  }
  await world.slack.as('maya').slash('/lostdeal report vs Globx');
  await (await dmOf(world, 'maya')).waitFor('Did you mean Globex? Type /lostdeal report all vs Globex.');
  await world.slack.as('dana').slash('/lostdeal report South');
  const one = await (await dmOf(world, 'dana')).waitFor('In the last 90 days South has lost 1 deal');
  expect(one.text()).toContain('It takes three deals to see a pattern.');
  expect(one.text()).toContain('Payment terms: said once ($48,000), never given.');
  expect(one.text()).not.toContain('From no to back');
});

it('Home of a manager says what we are learning, for another period too, and sends it as a report', async () => {
  const maya = world.slack.as('maya');
  const home = maya.home();
  await home.open();
  await home.waitFor("In the last 90 days we've lost 4 deals");
  expect(await home.text()).toContain("What we're learning");
  await home.fill({ 'Only those of…': 'Signed (3)' });
  const signed = await maya.modal('Deals behind it');
  expect(signed.text()).toContain('Back and signed, $48,000');
  expect(signed.text()).not.toContain('Account 4');
  await signed.closeAll();
  expect(await home.text()).toContain('Globex won 4 of 4 deals.');
  await home.fill({ Team: 'North' });
  await home.waitFor('In the last 90 days North has lost 4 deals');
  await expect(home.fill({ Team: 'South' })).rejects.toThrow('South');
  await home.fill({ Team: 'All teams' });
  await home.waitFor("In the last 90 days we've lost 4 deals");
  await home.fill({ Period: 'Last year' });
  await home.waitFor('Last year we lost no deals that you can see.');
  await home.open();
  await home.click('Look closer');
  await (await maya.modal('Last year we lost no deals that you can see.')).closeAll();
  await home.fill({ Period: 'The last 90 days' });
  await home.waitFor("In the last 90 days we've lost 4 deals");
  await home.click('Look closer');
  const screen = await maya.modal("What we're learning");
  await screen.click('Where calls end');
  const ends = await maya.modal('Where calls end');
  expect(ends.text()).toMatch(/Checking for a heartbeat, since .*\n• What they liked most: 4 calls/u);
  await ends.close();
  await screen.fill({ Period: 'Last year' });
  await (await maya.modal('Last year we lost no deals that you can see.')).closeAll();
  await home.click('Get the report');
  await (await maya.modal('On its way')).closeAll();

  const robin = world.slack.as('robin').home();
  await robin.open();
  await robin.waitFor('They said no?');
  expect(await robin.text()).not.toContain("What we're learning");
});

it('a competitor is a screen with what they offered; any other form is a company', async () => {
  const maya = world.slack.as('maya');
  await maya.slash('/lostdeal vs globex');
  const page = await maya.modal('Against globex');
  expect(page.text()).toContain("So far we've lost 4 deals to globex");
  // Once, under what worked.
  expect(page.text().match(/With so few/gu)).toHaveLength(1);
  for (const words of [
    'given 4, each for something in return, back 3.',
    "They promised something in 4 deals. It's too early to ask if it held.",
    'ninety days to pay',
  ])
    expect(page.text()).toContain(words);
  await page.click('Open', { near: 'Account 4' });
  await (await maya.modal('The deal')).closeAll();

  await maya.slash('/lostdeal vs Globx');
  await (await maya.modal('Did you mean this one?')).click('See Globex');
  await (await maya.modal("So far we've lost 4 deals to Globex")).closeAll();

  await maya.slash('/lostdeal vs Logistics');
  const unknown = await maya.modal('Is “vs Logistics” the company that said no?');
  await unknown.click('Start the call');
  const intake = await maya.modal('They said no?');
  expect(intake.value('Account')).toBe('vs Logistics');
  await intake.closeAll();

  await maya.slash('/lostdeal report Ltd');
  const company = await maya.modal('They said no?');
  expect(company.value('Account')).toBe('report Ltd');
  expect(company.text()).toContain('Looking for figures? Type /lostdeal report');
  await company.closeAll();
});

/** The file of an export, cell by cell. */
async function rowsOf(message: Pick<MessageHandle, 'files'>): Promise<Record<string, string>[]> {
  const text = await (await fetch(message.files[0]?.url ?? '')).text();
  return parse(text, { columns: true, bom: true });
}

it('a manager exports the deals they may see, an admin all, one at a time, and the history of the settings says so', async () => {
  const maya = world.slack.as('maya');
  await world.slack.faults({
    method: 'files.getUploadURLExternal',
    times: 1,
    effect: { do: 'rate_limit', retryAfter: 4 },
  });
  await maya.slash('/lostdeal export vs globex North', { in: 'C0000SALES' });
  await maya.channel('#sales').waitFor('Your export is on its way. It comes as a direct message.');
  await maya.slash('/lostdeal export', { in: 'C0000SALES' });
  await maya.channel('#sales').waitFor("Your last export isn't done yet.");
  const message = await (await dmOf(world, 'maya')).waitFor("Here's your export.");
  expect(message.text()).toContain(
    'In the last 90 days North has lost 4 deals to globex.\nIt has the deals that you can see. Nobody else got it.',
  );
  expect(message.files[0]?.name).toMatch(/^lostdeal-last-90-days-[0-9a-f]{8}\.csv$/u);
  const rows = await rowsOf(message);
  expect(rows.map(({ account, outcome }) => [account, outcome])).toEqual([
    ['Account 1', 'back'],
    ['Account 2', 'back'],
    ['Account 3', 'back'],
    ['Account 4', 'lost'],
  ]);
  expect(rows[3]).toMatchObject({
    deal_id: '4',
    started_on: expect.stringMatching(/^\d{4}-\d\d-\d\d$/u),
    business: 'new',
    rep_id: 'U0000ROBIN',
    manager: '',
    competitor: 'Globex',
    reasons: 'Payment terms',
    asked: 'yes',
    worth: '48000',
    worth_currency: 'USD',
    back: '',
    cost: '',
  });

  const dana = world.slack.as('dana');
  const report = await (await dmOf(world, 'dana')).waitFor("we've lost 5 deals to Globex");
  await report.click('Export');
  await (await dana.modal('Your export is on its way.')).closeAll();
  const all = await (await dmOf(world, 'dana')).waitFor('It has every deal of the workspace.');
  expect((await rowsOf(all)).map(({ account }) => account)).toContain('Account 5');
  const history = await world.lostdeal.coach.store.workspace.settingsHistory(TENANT, 10);
  expect(history.map(({ field, by, to }) => [field, by, to])).toEqual([
    ['exported', 'U00000DANA', expect.stringMatching(/^5 deals, .*, lost to Globex$/u)],
    ['exported', 'U00000MAYA', expect.stringMatching(/^4 deals, from .*, lost to globex, of team North$/u)],
  ]);
  await world.settled();
  const left = readdirSync(exportsFolder(), { recursive: true, encoding: 'utf8' });
  expect(left.filter((path) => path.includes(`+${process.pid}+`) && path.endsWith('.csv'))).toEqual([]);
});

it('Home exports too; without deals there are words and no file, and any other form is a company', async () => {
  const sam = world.slack.as('sam');
  await sam.slash('/lostdeal export last year');
  await (await dmOf(world, 'sam')).waitFor(
    "Last year we lost no deals that you can see, so there's no file.",
  );
  await sam.slash('/lostdeal export Ltd');
  const company = await sam.modal('They said no?');
  expect(company.value('Account')).toBe('export Ltd');
  expect(company.text()).toContain('Looking for figures? Type /lostdeal export');
  await company.closeAll();

  const maya = world.slack.as('maya');
  const home = maya.home();
  await home.open();
  await home.waitFor("In the last 90 days we've lost 4 deals");
  await home.click('Export');
  await (await maya.modal('Your export is on its way.')).closeAll();
  await world.settled();
  await home.click('Look closer');
  await (await maya.modal("What we're learning")).click('Export');
  await (await maya.modal('Your export is on its way.')).closeAll();
  await world.settled();
  const files = (await (await dmOf(world, 'maya')).messages()).flatMap((it) => it.files);
  expect(files).toHaveLength(3);
});

it('an admin chooses a weekly digest and a manager reads it a week later; the third loss for one reason tells them once', async () => {
  const dana = world.slack.as('dana');
  await dana.slash('/lostdeal settings');
  await (await dana.modal('Settings')).click('Change', { near: 'Digest' });
  const form = await dana.modal('Digest');
  await form.fill({ 'Send what we learned': 'Every week' });
  await form.submit();
  expect((await form.look()).errors()).toEqual({ 'To these people': 'Pick somebody, or a private channel.' });
  await form.fill({ 'To these people': ['maya', 'sam'] });
  await form.submit();
  const settings = await dana.modal('Settings');
  await settings.waitFor('Every week to @maya and @sam.');
  await settings.closeAll();

  const { digests } = world.lostdeal;
  await digests.round();
  await world.pass(7 * DAY);
  await digests.round();
  await digests.round();
  await world.settled();
  const dm = await dmOf(world, 'maya');
  const digest = await dm.waitFor(
    'Globex beat us on payment terms four times: $192,000. Given four times, back three times.',
  );
  await digest.click('Report');
  await (await world.slack.as('maya').modal('On its way')).closeAll();
  await dm.waitFor('In the week of');
  await digest.click('Stop this');
  const stopped = await world.slack.as('maya').modal("You won't get it again.");
  const home = world.slack.as('maya').home();
  await home.waitFor('No digest');
  await dana.slash('/lostdeal settings');
  await (await dana.modal('1 person stopped it for themselves.')).closeAll();
  await stopped.click('Start it again');
  await (await world.slack.as('maya').modal("You'll get the digest again")).closeAll();
  await home.waitFor('Digest every week');
  await home.fill({ Digest: 'Digest every month' });
  await home.waitFor('Digest every month');
  await home.fill({ Digest: 'Digest every week' });
  await home.waitFor('Digest every week');
  expect(JSON.stringify(await (await dmOf(world, 'sam')).messages())).not.toContain('beat us');

  for (const id of ['7', '8', '9']) {
    const { details, ...deal } = about(id, 'U0000ROBIN', false);
    await keep({
      ...deal,
      asksReason: true,
      details: { ...details, competitor: 'Initech', reasons: ['price'] },
    });
  }
  await digests.round();
  await digests.round();
  await world.settled();
  const losses = await dm.waitFor('We lost 3 deals to Initech on price in the last 90 days.');
  expect(losses.text()).toContain('Account 9');
  const all = (await dm.messages()).filter(
    (it) => it.text().includes('beat us') || it.text().includes('Initech'),
  );
  expect(all).toHaveLength(2);
});

it('money in two currencies reads as about one sum at the rate that an admin entered', async () => {
  const { store } = world.lostdeal.coach;
  for (const [id, currency] of [
    ['21', 'USD'],
    ['22', 'EUR'],
  ] as const) {
    const { details, ...deal } = about(id, 'U00000KIM1', true);
    const amount = { minor: 4_800_000, currency };
    await keep({ ...deal, ask: null, details: { ...details, competitor: 'Umbrella', amount } });
  }
  const dana = world.slack.as('dana');
  const page = async () => {
    await dana.slash('/lostdeal vs Umbrella');
    const shown = await dana.modal('Against Umbrella');
    const words = shown.text();
    await shown.closeAll();
    return words;
  };
  const before = await page();
  expect(before).toContain('won back 2');
  expect(before).not.toContain('About');
  const settings = await store.workspace.settings(TENANT);
  const rate = { currency: 'EUR', to: 'USD', rate: '1.1', on: '2025-11-03' };
  await store.workspace.saveSettings(TENANT, { ...(settings as object), rates: [rate] });
  expect(await page()).toContain('About $100,800 at the rates of Nov 3, 2025.');
});
