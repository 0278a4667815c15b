/** What admins read of versions, however many there are and however much is new in one. */
import type { VersionList } from '../../../src/coach/playbookPreview';
import { beginPractice, dealOfPractice } from '../../../src/deal/practice/practise';
import { changesBetween, type PlaybookChange } from '../../../src/playbook/changes';
import { prospectsOf } from '../../../src/playbook/practice/prospects';
import { MAILS, type Playbook, WORDS } from '../../../src/playbook/schema';
import { playbookSlot } from '../../../src/slack/messages/notices';
import { playbooksView, previewView, versionBlocks } from '../../../src/slack/views/playbooks';
import { playbooks } from '../deals';
import { viewFaults } from '../limits';
import { readView } from '../read';

const [heartbeat] = playbooks;
if (heartbeat === undefined) throw new Error('there is no playbook');
const [prospect] = prospectsOf(heartbeat);
if (prospect === undefined) throw new Error('there is no prospect');

/** The longest lines that load, and some more. */
const LONG = '&<é'.repeat(400);
const everyLine = (lines: readonly string[]): string[] =>
  lines.map((line, index) => `${index}${line}${LONG}`);
const overhauled: Playbook = {
  ...heartbeat,
  hash: 'fedcba9876543210',
  title: 'Another title',
  steps: heartbeat.steps.map((step) => ({
    ...step,
    say: everyLine(step.say),
    why: LONG,
    cue: LONG,
    dont: LONG,
  })),
  words: Object.fromEntries(WORDS.map((moment) => [moment, everyLine([moment, moment, moment])])),
  mails: Object.fromEntries(MAILS.map((mail) => [mail, { subject: LONG, text: everyLine([mail]) }])),
};

function offer(playbook: Playbook, changes: readonly PlaybookChange[]) {
  const practice = beginPractice({
    id: 'P1',
    tenant: { enterpriseId: '', teamId: 'T1' },
    rep: 'UADMIN',
    playbook,
    prospect: prospect?.id ?? '',
    seed: 1,
    at: 0,
    isPreview: true,
  });
  if (prospect === undefined) throw new Error('there is no prospect');
  const deal = dealOfPractice(practice, prospect, 'UTC');
  const scene = { practice, playbook, prospect, deal, reply: null, feedback: [], waits: true };
  return { kind: 'playbook' as const, scene, state: 'waits' as const, changes };
}

it('a version in which everything is new fits the screen, and says how much it leaves out', () => {
  const { hash: _, practice: __, ...before } = heartbeat;
  const { hash: ___, practice: ____, ...after } = overhauled;
  const view = previewView(offer(overhauled, changesBetween(before, after)));
  expect(viewFaults(view)).toEqual([]);
  const words = readView(view);
  expect(words).toContain(`${heartbeat.steps.length} screens changed, `);
  expect(words).toMatch(/And \d+ more changes\. Walk through it to see the rest\./u);
  expect(words.length).toBeLessThan(20_000);
});

it('an admin reads lines as they are read out, and with their marks where only those differ', () => {
  const change = (was: string, now: string): PlaybookChange => ({
    kind: 'step',
    title: 'Thanks',
    how: 'changed',
    parts: [{ part: 'say', was: [was], now: [now] }],
  });
  const read = (was: string, now: string) => readView(previewView(offer(heartbeat, [change(was, now)])));
  expect(read('Thanks[, {prospect}].', 'Thank you[, {prospect}].')).toMatch(
    /Was: “Thanks, [^.]+\.”\n.*Now: “Thank you, [^.]+\.”/u,
  );
  expect(read('Thanks[, {prospect}].', 'Thanks, {prospect}.')).toContain('Was: “Thanks[, {prospect}].”');
});

it('many playbooks fit one screen, those with a new version first', () => {
  const waiting = { inUse: heartbeat, next: overhauled, isKeptOut: false };
  const reasons = {
    inUse: [],
    next: Array.from({ length: 100 }, (_, index) => ({ id: `r${index}`, label: '&'.repeat(75) })),
    hash: 'abcdef0123456789',
    isKeptOut: false,
  };
  const many = Array.from({ length: 200 }, (_, index) => ({
    inUse: heartbeat,
    waiting: index === 199 ? waiting : null,
  }));
  const list = (playbooks: VersionList['playbooks']): VersionList => ({ playbooks, reasons });
  expect(viewFaults(playbooksView(list(many)))).toEqual([]);
  expect(viewFaults(playbooksView(list(many.map(({ inUse }) => ({ inUse, waiting })))))).toEqual([]);
  const words = readView(playbooksView(list(many)));
  expect(words).toContain('New: 18 screens, version fedcba98.');
  expect(words).toContain('And 182 more.');
  expect(versionBlocks({ playbooks: Array(9).fill(waiting), reasons }).length).toBeLessThan(10);

  const changes = { added: reasons.next.map(({ label }) => label), removed: [], renamed: [] };
  const view = previewView({
    kind: 'reasons',
    state: 'waits',
    reasons: reasons.next,
    hash: reasons.hash,
    changes,
  });
  expect(viewFaults(view)).toEqual([]);
  expect(readView(view)).toContain('and 70 more.');
});

it('the message to admins has buttons while the version waits, and none that leads nowhere afterwards', () => {
  const notice = {
    tenant: { enterpriseId: '', teamId: 'T1' },
    id: 'N1',
    kind: 'playbook_waits',
    about: 'heartbeat:fedcba9876543210',
    to: 'UADMIN',
    followsFrom: null,
    revision: 1,
  };
  const what = { kind: 'playbook', title: heartbeat.title } as const;
  const shown = (state: 'waits' | 'kept_out' | 'in_use' | 'past') => {
    const slot = playbookSlot(notice, { what, state });
    return [slot?.overtaken, slot?.blocks.some(({ type }) => type === 'actions')];
  };
  expect(shown('waits')).toEqual([false, true]);
  for (const state of ['kept_out', 'in_use', 'past'] as const) expect(shown(state)).toEqual([true, false]);
  expect(playbookSlot(notice, { what: null, state: 'past' })).toBeNull();
});
