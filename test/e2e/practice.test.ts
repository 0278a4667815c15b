/** Practice, as a rep takes it: from the command to the feedback, wrong once, and nobody else learns of it. */
import { isDeepStrictEqual } from 'node:util';
import type { Modal } from 'slack-sandbox';
import { beginCall, press, tapThrough } from '../../scripts/play';
import type { PracticeScene } from '../../src/coach/practice';
import { adviceFor, seePractice } from '../../src/coach/practice';
import type { PracticeAnswer } from '../../src/playbook/practice/answers';
import type { Step } from '../../src/playbook/schema';
import { stepOf } from '../../src/playbook/walk';
import { connectSqlite } from '../../src/store/sqlite/connectSqlite';
import { tablesOf } from '../../src/store/tools/copyDatabase';
import { type TempFolder, tempFolder } from '../store/harness';
import { asked, saying } from './support/shortcuts';
import { until } from './support/until';
import { startWorld, TENANT, type World } from './support/world';

const ROBIN = 'U0000ROBIN';
const PRACTICE = 'Practice. Nothing is posted, and nobody gets a message.';
const NEW_HERE = 'New here? A practice call takes three minutes, and nobody sees it.';

let folder: TempFolder;
let world: World;
beforeAll(async () => {
  folder = tempFolder();
  world = await startWorld({ env: { DATABASE_URL: folder.url('practice.db') } });
});
afterAll(async () => {
  await world?.stop();
  folder.remove();
});

const rep = () => world.slack.as('robin');

/** Every row that is no practice, by table. */
function everythingElse(): Record<string, unknown[]> {
  const database = connectSqlite(folder.file('practice.db'), { readonly: true });
  try {
    const tables = tablesOf(database).filter((table) => table !== 'practices');
    return Object.fromEntries(
      tables.map((table) => [table, database.prepare(`select * from "${table}"`).all()]),
    );
  } finally {
    database.close();
  }
}

/** The Web API methods that the app has called since. */
const called = async (after: number) =>
  (await world.slack.traffic(after)).flatMap((entry) => (entry.kind === 'call' ? [entry.method] : []));
const lastTraffic = async () => (await world.slack.traffic()).at(-1)?.seq ?? 0;

/** The call that the rep is on, or has just ended. */
async function scene(id?: string): Promise<PracticeScene> {
  const { coach } = world.lostdeal;
  const open = id ?? (await coach.store.practices.unfinished(TENANT, ROBIN, 0))?.id ?? '';
  const found = await seePractice(coach, { tenant: TENANT, userId: ROBIN, teamId: TENANT.teamId }, open);
  if (found === null) throw new Error('there is no practice');
  return found;
}

/** The button of an answer; an hour's is the first of its screen. */
function labelOf(step: Step, answer: PracticeAnswer, buttons: readonly string[]): string {
  if ('choice' in answer) return step.choices?.find(({ id }) => id === answer.choice)?.label ?? '';
  if ('day' in answer) return step.one_tap?.find(({ id }) => id === answer.day)?.label ?? '';
  if ('unknown' in answer) return step.unknown_label ?? "Don't know";
  if ('again' in answer) return step.again_label ?? '';
  if ('hour' in answer) return buttons[0] ?? '';
  return buttons.find((it) => it === 'They named a day' || it === 'Another day') ?? 'submit';
}

/** Says the line of this screen, and reads the reply. */
async function listen(of: PracticeScene): Promise<Modal> {
  const step = stepOf(of.playbook, of.practice.state.position?.stepId ?? '');
  const screen = await rep().modal(step.title);
  await screen.click("I've said it");
  const { says = '' } = of.reply ?? {};
  return screen.waitFor(
    says.startsWith('(') ? `You hear\n${says.slice(1, -1)}` : `${of.prospect.name} answers\n“${says}”`,
  );
}

/** Takes the reply on the screen as it was meant. */
async function takeRight(of: PracticeScene, screen: Modal): Promise<void> {
  const { stepId = '', visit = 0 } = of.practice.state.position ?? {};
  const step = stepOf(of.playbook, stepId);
  if (of.reply === null) throw new Error('the call has ended');
  await press(screen, labelOf(step, of.reply.means, screen.buttons()));
  await until(world.sandbox, `the screen after ${stepId}`, async () => {
    const { state } = (await scene(of.practice.id)).practice;
    return state.position?.visit === visit ? undefined : true;
  });
}

it('a rep practices with one prospect to the end, is wrong once, and nobody else learns of it', async () => {
  await rep().slash('/lostdeal help');
  const help = await rep().modal('How Lostdeal helps');
  expect(help.text()).toContain(NEW_HERE);
  await help.close();
  // Slack describes a new person after their first screen, which is worked off in the background.
  await until(world.sandbox, 'a quiet database', async () => {
    const { people = [], sweeps = [] } = everythingElse();
    return people.length > 0 && sweeps.length === 0 ? true : undefined;
  });
  await world.settled();
  const [before, from] = [everythingElse(), await lastTraffic()];

  await rep().slash('/lostdeal practice');
  const intro = await rep().modal('Practice');
  expect(intro.text()).toContain(PRACTICE);
  await intro.click('Start practice', { near: 'Checking for a heartbeat' });
  const first = await rep().modal('Thanks and good wishes');
  expect(first.text()).toContain(PRACTICE);
  expect(first.text()).toContain('Why: People who feel thanked tell you more.');

  const begun = await scene();
  const heard = await listen(begun);
  const isMachine = isDeepStrictEqual(begun.reply?.means, { choice: 'couldnt_reach' });
  const other = isMachine ? 'No decision' : 'Got voicemail';
  await heard.click(other);
  const wrong = await heard.waitFor(
    isMachine ? 'That was a machine. Nobody picked up.' : "That was a person. They're on the line.",
  );
  expect(wrong.buttons().slice(0, 2)).toEqual(['Try again', 'Go on anyway']);
  await wrong.click('Try again');
  await takeRight(begun, await heard.waitFor(other));

  // Picks it up again after closing it.
  await (await rep().modal()).closeAll();
  await rep().slash('/lostdeal practice');
  await (await rep().modal('Pick up where you left off?')).click('Resume');

  for (let now = await scene(begun.practice.id); now.reply !== null; now = await scene(begun.practice.id)) {
    await takeRight(now, await listen(now));
  }
  const ended = await scene(begun.practice.id);
  const end = await rep().modal('Practice again');
  const [last = ''] = ended.playbook.endings[ended.practice.state.verdict ?? 'pulse']?.why.split('.') ?? [];
  expect(end.text()).toContain(last);
  const cue = stepOf(ended.playbook, 'thanks').cue;
  expect(end.text()).toContain(`Take each answer as they mean it. Listen for: ${cue}`);
  expect(end.text()).toContain('Only you see this.');

  await end.submit();
  await rep().modal('Thanks and good wishes');
  const another = await scene();
  expect(another.practice.id).not.toBe(begun.practice.id);
  expect(another.prospect.id).not.toBe(begun.prospect.id);
  await (await rep().modal()).closeAll();

  await world.settled();
  expect(everythingElse()).toEqual(before);
  expect([...new Set(await called(from))].filter((method) => !method.startsWith('views.'))).toEqual([]);
});

it('somebody new is offered practice once, whether they name the app, tap in a thread or open Home', async () => {
  const started = async (person: string) => {
    const user = world.slack.as(person);
    await user.slash('/lostdeal');
    const screen = await user.modal('They said no?');
    const text = screen.text();
    await screen.closeAll();
    return text;
  };
  const sam = world.slack.as('sam').channel('#lost-deals');
  await sam.post('@lostdeal we lost Acme');
  const said = await sam.waitFor(saying('They said no? Type /lostdeal and the company.', NEW_HERE));
  await said.click('Practice first');
  await (await world.slack.as('sam').modal('Practice')).closeAll();
  expect(await started('sam')).not.toContain(NEW_HERE);

  const ask = await asked(world, 'Initech');
  const maya = world.slack.as('maya');
  const firstLook = async () => {
    await ask.click('Match it');
    const form = await maya.modal('Match their offer');
    const text = form.text();
    await form.closeAll();
    return text;
  };
  expect(await firstLook()).toContain(`${NEW_HERE}\n[Practice first]`);
  expect(await firstLook()).not.toContain(NEW_HERE);

  const dana = world.slack.as('dana').home();
  await dana.open();
  await dana.waitFor(NEW_HERE);
  await dana.open();
  await until(world.sandbox, 'Home without the offer', async () =>
    (await dana.text()).includes(NEW_HERE) ? undefined : true,
  );
});

it('an admin ticks off on Home what is left to set up', async () => {
  const admin = world.slack.as('dana');
  await admin.home().open();
  await admin.home().waitFor(/Set up Lostdeal: \d of 5 done[\s\S]*\/lostdeal practice/u);
  await admin.home().click('Choose', { near: 'Response time' });
  await (await admin.modal('Response time')).submit();
  await admin.home().waitFor(/✓ Response time\s+Managers have 4 hours/u);
  await admin.home().click('Practice', { near: 'A practice call' });
  await (await admin.modal('Practice')).closeAll();
  await admin.home().click("I've sent it");
  await admin.home().waitFor(/An invitation\s+Sent\./u);
  await admin.home().click('Hide this list');
  await until(world.sandbox, 'Home without the list', async () =>
    (await admin.home().text()).includes('Set up Lostdeal') ? undefined : true,
  );
});

it('after a real call the rep alone reads what went well and one thing to try, until they want no more of it', async () => {
  const { coach } = world.lostdeal;
  const signed = ['submit', 'submit', 'submit', 'Yes', 'Signed', '2 years', 'Rather not'];
  await beginCall(rep(), 'Acme');
  const fresh = await tapThrough(rep(), signed);
  expect(fresh.text()).toContain(
    [
      'What went well',
      '• You asked if they had signed before you offered anything.',
      '• You know how long their agreement runs.',
      'To try next time',
      'Ask once more before you move on.',
      '> What else made a difference?',
      'Only you see this.',
    ].join('\n'),
  );
  const [deal] = await coach.store.deals.recentlyClosedOfRep(TENANT, ROBIN, 1);
  if (deal === undefined) throw new Error('there is no deal');
  const reader = (userId: string) => ({ tenant: TENANT, userId, teamId: TENANT.teamId });
  expect(await adviceFor(coach, reader(ROBIN), deal)).toHaveLength(3);
  expect(await adviceFor(coach, reader('U00000MAYA'), deal)).toEqual([]);

  await fresh.fill({ 'Who did they choose?': 'Globex' });
  await fresh.click("Don't show this");
  const without = await rep().modal(/^(?!.*What went well)/su);
  expect(without.value('Who did they choose?')).toBe('Globex');
  await without.closeAll();
  await beginCall(rep(), 'Bolt');
  expect((await tapThrough(rep(), signed)).text()).not.toContain('What went well');
  await (await rep().modal()).closeAll();

  await rep().slash('/lostdeal practice');
  const intro = await rep().modal('Practice');
  await intro.click('Show it again');
  await rep().modal(/^Practice\n(?!.*Show it again)/su);
  expect(await adviceFor(coach, reader(ROBIN), deal)).toHaveLength(3);
});
