/** The app keeps a person's words while they type them, whatever they do then. */
import type { Modal } from 'slack-sandbox';
import { beginCall, fillNotes, tapThrough } from '../../scripts/play';
import { formOfNew } from '../../src/coach/drafts';
import { afterScreen, detailsOf, dmOf, saveNaming } from './support/shortcuts';
import { startWorld, TENANT, type World } from './support/world';

const DAY = 24 * 60 * 60_000;

const ROBIN = 'U0000ROBIN';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());
const rep = () => world.slack.as('robin');

const dealIdOf = async (account: string): Promise<string> => {
  const deals = await world.lostdeal.coach.store.deals.openOfRep(TENANT, ROBIN, 20);
  const closed = await world.lostdeal.coach.store.deals.recentlyClosedOfRep(TENANT, ROBIN, 20);
  return [...deals, ...closed].find((deal) => deal.account === account)?.id ?? '';
};

it('a screen closed with X shows the typed words when the rep comes back, and no event has them', async () => {
  await beginCall(rep(), 'Kept Ltd');
  const screen = await tapThrough(rep(), ['submit']);
  await screen.fill({ 'What they liked most': 'Ninety days, half said' });
  await screen.closeAll();
  const offer = await (await dmOf(world, 'robin')).waitFor('You were on with Kept Ltd.');
  const events = await world.lostdeal.coach.store.deals.events(TENANT, await dealIdOf('Kept Ltd'));
  expect(JSON.stringify(events)).not.toContain('half said');
  await offer.click('Resume');
  const again = await rep().modal('What they liked most');
  expect(again.value('What they liked most')).toBe('Ninety days, half said');
  await (await tapThrough(rep(), ['Rather not say'])).close();
});

it('the notes after a call show the words typed before Later, and none of them once they are saved', async () => {
  await beginCall(rep(), 'Notes Ltd');
  const notes = await tapThrough(rep(), ['submit', 'Rather not say']);
  await notes.fill({
    'Who did they choose?': 'Globex',
    'What is it worth?': '48,000',
    'May we call before their next decision?': 'Yes, they agreed',
    'Agreed for': '2030-02-03',
  });
  await notes.close();
  const openNotes = async () => {
    await (await detailsOf(world, 'Notes Ltd')).click("Fill in while it's fresh");
    return rep().modal("While it's fresh");
  };
  const again = await openNotes();
  expect(again.value('Who did they choose?')).toBe('Globex');
  expect(again.value('What is it worth?')).toBe('48,000');
  expect(again.value('May we call before their next decision?')).toBe('Yes, they agreed');
  expect(again.value('Agreed for')).toBe('2030-02-03');
  await again.submit();
  await rep().noModal();
  const key = { tenant: TENANT, userId: ROBIN, dealId: await dealIdOf('Notes Ltd'), form: 'fill_in' };
  expect(await world.lostdeal.coach.store.drafts.values(key)).toBeNull();
});

/** The draft of a call whose deal begins when its form is saved. */
const beforeItBegins = (account: string) => ({
  tenant: TENANT,
  userId: ROBIN,
  dealId: '',
  form: formOfNew('after', account),
});

it('the one screen after a call keeps texts and choices, for 14 days', async () => {
  const screen = await afterScreen(rep(), 'Form Ltd');
  await fillNotes(screen, {
    'How did it end?': 'Open to it, OK to ask',
    'What they liked most': 'A shorter contract',
    'Loss reasons': ['Payment terms'],
    'Have they signed?': 'Verbal yes',
    'Who can say yes?': 'maya',
  });
  await screen.closeAll();
  const { drafts } = world.lostdeal.coach.store;
  expect(JSON.stringify(await drafts.values(beforeItBegins('Form Ltd')))).toContain('A shorter contract');
  expect(await drafts.deleteBefore(Date.now() - DAY)).toBe(0);
});

it('the one screen after a call shows texts, menus, days and people that were left there', async () => {
  const screen = await afterScreen(rep(), 'Left Ltd');
  await fillNotes(screen, { 'How did it end?': 'Open to it, OK to ask' });
  const left = {
    'What they liked most': 'A shorter contract',
    'Loss reasons': ['Payment terms'],
    'Have they signed?': 'Verbal yes',
    [labelOf(screen, 'datepicker')]: '2030-02-03',
    [labelOf(screen, 'datetimepicker')]: 1_800_000_800,
    'Who can say yes?': 'maya',
  };
  await screen.fill(left);
  await screen.close();
  const again = await afterScreen(rep(), 'left ltd');
  for (const label of ['How did it end?', ...Object.keys(left)])
    expect([label, again.value(label)]).toEqual([label, screen.value(label)]);
  expect(again.value('What they liked most')).toBe('A shorter contract');
  await saveNaming(rep(), again);
  expect(await dealIdOf('left ltd')).not.toBe('');
  expect(await world.lostdeal.coach.store.drafts.values(beforeItBegins('Left Ltd'))).toBeNull();
});

it('notes that cannot be kept leave the screen as it is, and are saved with it', async () => {
  await beginCall(rep(), 'Unacked Ltd');
  const screen = await tapThrough(rep(), ['submit']);
  const shown = screen.view;
  const { drafts } = world.lostdeal.coach.store;
  const save = jest.spyOn(drafts, 'save').mockRejectedValue(new Error('the disk is full'));
  await screen.fill({ 'What they liked most': 'Nobody keeps this' });
  expect(save).toHaveBeenCalled();
  save.mockRestore();
  const still = await rep().modal('What they liked most');
  expect(still.view).toEqual(shown);
  expect(still.value('What they liked most')).toBe('Nobody keeps this');
  await still.submit();
  await rep().modal(/^(?![\s\S]*What they liked most)/u);
  const events = await world.lostdeal.coach.store.deals.events(TENANT, await dealIdOf('Unacked Ltd'));
  expect(JSON.stringify(events)).toContain('Nobody keeps this');
});

/** The first input of a kind on a screen. */
function labelOf({ view }: Modal, kind: string): string {
  const blocks = view.blocks as readonly { label?: { text: string }; element?: { type: string } }[];
  const found = blocks.find(({ element }) => element?.type === kind);
  return found?.label?.text ?? `an input of kind ${kind}`;
}
