/** What an admin reads of a new version: what differs, and nothing that does not. */
import { changesBetween } from '../../src/playbook/changes';
import { BUILT_IN_DIR, loadPlaybooks } from '../../src/playbook/checking/loader';
import { type PlaybookSource, playbookSchema, type Step } from '../../src/playbook/schema';

const loaded = loadPlaybooks({ builtInDir: BUILT_IN_DIR }).list()[0];
if (loaded === undefined) throw new Error('there is no playbook');
const { hash: _, practice: __, ...before } = loaded;

const withStep = (id: string, change: Partial<Step>): PlaybookSource => ({
  ...before,
  steps: before.steps.map((step) => (step.id === id ? { ...step, ...change } : step)),
});
const [first, second] = before.steps as [Step, Step];

it('two equal versions have no changes', () => {
  expect(changesBetween(before, JSON.parse(JSON.stringify(before)))).toEqual([]);
});

it('a line that changed is listed under its screen, with only its old and new words', () => {
  const say = ['Thank you for your time.', ...first.say.slice(1)];
  expect(changesBetween(before, withStep(first.id, { say }))).toEqual([
    {
      kind: 'step',
      title: first.title,
      how: 'changed',
      parts: [{ part: 'say', was: [first.say[0]], now: ['Thank you for your time.'] }],
    },
  ]);
});

it('a screen that is new or gone is named with what it says', () => {
  const extra = { ...second, id: 'extra', title: 'One more' };
  const longer = { ...before, steps: [...before.steps, extra] };
  const [added] = changesBetween(before, longer);
  expect(added).toEqual({ kind: 'step', title: 'One more', how: 'added', says: second.say });
  expect(changesBetween(longer, before)).toEqual([{ ...added, how: 'removed' }]);
});

it('a renamed screen or button is one change, not one for each button that leads there', () => {
  const renamed = changesBetween(before, withStep(second.id, { title: 'Another name' }));
  expect(renamed).toEqual([
    {
      kind: 'step',
      title: 'Another name',
      how: 'changed',
      parts: [{ part: 'title', was: [second.title], now: ['Another name'] }],
    },
  ]);
  const choices = (first.choices ?? []).map((choice, index) =>
    index === 0 ? { ...choice, label: 'Nobody there' } : choice,
  );
  expect(changesBetween(before, withStep(first.id, { choices }))).toMatchObject([
    { title: first.title, parts: [{ part: 'buttons', now: ['Nobody there'] }] },
  ]);
});

it('a button that leads elsewhere, an ending, a mail and words for later are changes too', () => {
  const choices = (first.choices ?? []).map((choice, index) =>
    index === 0 ? { ...choice, next: { step: second.id } } : choice,
  );
  const [verdict, ending] = Object.entries(before.endings)[0] ?? [];
  if (verdict === undefined || ending === undefined) throw new Error('there is no ending');
  const after: PlaybookSource = {
    ...withStep(first.id, { choices }),
    endings: { ...before.endings, [verdict]: { ...ending, say: ['Bye.'] } },
    words: { ...before.words, holding: ['I have no answer yet.'] },
    mails: { ...before.mails, decline: { subject: 'No', text: ['We cannot.'] } },
  };
  const changes = changesBetween(before, after);
  expect(changes.map(({ kind }) => kind).sort()).toEqual(['ending', 'mail', 'step', 'words']);
  expect(changes[0]).toMatchObject({
    parts: [{ part: 'leads', now: [`${choices[0]?.label}: ${second.title}`] }],
  });
});

it('a detail that no line shows is a change too, so no admin reads that nothing is new', () => {
  const order = { ...before, steps: [...before.steps].reverse() };
  expect(changesBetween(before, order)).toEqual([
    { kind: 'playbook', how: 'changed', parts: [{ part: 'rest', was: [], now: [] }] },
  ]);
  expect(playbookSchema.safeParse(order).success).toBe(true);
});
