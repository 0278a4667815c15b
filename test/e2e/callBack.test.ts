/** The call-back: worked out for the rep, promised with one tap, and told at once when it comes too late. */
import { beginCall, type Tap, tapThrough } from '../../scripts/play';
import { DAY, HOUR, now, passTo, TUESDAY } from './support/clock';
import { dmOf } from './support/shortcuts';
import { startWorld, type World } from './support/world';

const TO_SIGNING: readonly Tap[] = [
  'submit',
  'submit',
  'submit',
  'Yes',
  'Not yet',
  'Yes, check',
  'Nothing else',
];
const NO_DATE: readonly Tap[] = [...TO_SIGNING, 'No date yet'];

describe('the call-back', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld({ calendar: 'office' });
    // Robin is in Berlin, where it is ten or eleven in the morning then.
    await passTo(world, TUESDAY, 9);
  });
  afterAll(() => world.stop());
  const rep = () => world.slack.as('robin');

  it('is in the line and on the first button, and one tap promises it', async () => {
    await beginCall(rep(), 'Tap Ltd');
    const screen = await tapThrough(rep(), NO_DATE);
    expect(screen.text()).toContain(
      "I'll call you by noon on Wednesday. Could you hold off on signing until then?",
    );
    expect(screen.buttons().slice(0, 4)).toEqual([
      'Wednesday at noon',
      'Today at 5',
      'Another time…',
      'No time agreed',
    ]);
    expect(screen.inputs()).toEqual([]);
    await screen.click('Wednesday at noon');
    const over = await rep().modal("There's a heartbeat");
    expect(over.text()).toContain("I'll call you by noon on Wednesday either way.");
    await over.closeAll();
  });

  it('comes before they sign', async () => {
    const wednesday = new Date(now(world) + DAY).toISOString().slice(0, 10);
    await beginCall(rep(), 'Soon Ltd');
    const screen = await tapThrough(rep(), [
      ...TO_SIGNING,
      { type: { 'When they plan to sign': wednesday }, tap: 'submit' },
    ]);
    expect(screen.text()).toContain("I'll call you by 5 today.");
    expect(screen.buttons().slice(0, 3)).toEqual(['Today at 5', 'Another time…', 'No time agreed']);
    await screen.closeAll();
  });

  it('at another time is refused at its field when they sign before it, and taken when it fits', async () => {
    const thursday = new Date(now(world) + 2 * DAY).toISOString().slice(0, 10);
    await beginCall(rep(), 'Late Ltd');
    const screen = await tapThrough(rep(), [
      ...TO_SIGNING,
      { type: { 'When they plan to sign': thursday }, tap: 'submit' },
      'Another time…',
    ]);
    await screen.fill({ 'Call back by': new Date(now(world) + 3 * DAY) });
    await screen.submit();
    expect(screen.errors()['Call back by']).toBe('They sign on Thursday. Call before that?');
    await screen.fill({ 'Call back by': new Date(now(world) - HOUR) });
    await screen.submit();
    expect(screen.errors()['Call back by']).toBe('That time has passed. Pick a later one.');
    await screen.fill({ 'Call back by': new Date(now(world) + DAY + HOUR) });
    await screen.submit();
    await (await rep().modal("There's a heartbeat")).closeAll();
  });

  it('is worked out anew when the call is picked up on another day, and a button of the day before says so', async () => {
    await beginCall(rep(), 'Night Ltd');
    const screen = await tapThrough(rep(), NO_DATE);
    await world.pass(DAY + 6 * HOUR);
    await screen.click('Wednesday at noon');
    const again = await rep().modal('That time has passed.');
    expect(again.text()).toContain("I'll call you by noon on Thursday.");
    await again.close();
    const offer = await (await dmOf(world, 'robin')).waitFor('You were on with Night Ltd.');
    await offer.click('Resume');
    await (await rep().modal('by noon on Thursday')).click('Thursday at noon');
    await (await rep().modal('by noon on Thursday either way')).closeAll();
  });
});
