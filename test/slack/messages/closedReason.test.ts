/** The reason beneath the message that says a deal is closed. */
import type { Deal } from '../../../src/deal/model/deal';
import { renderThread } from '../../../src/slack/messages/renderThread';
import { confirmReason, readConfirmReason } from '../../../src/slack/views/confirmReason';
import { details } from '../../../src/slack/views/details';
import { countered, heartbeat, MANAGER, NOW, newDeal, REP, reasons } from '../deals';
import { readBlocks } from '../read';

const messages = (deal: Deal, privacy: 'full' | 'short' = 'full'): string[] =>
  renderThread(deal, { privacy, playbook: heartbeat, reasons, remarks: new Map(), repName: null }).map(
    ({ key, blocks }) => `${key}\n${readBlocks(blocks)}`,
  );
const offering = (deal: Deal, privacy?: 'full' | 'short'): (string | undefined)[] =>
  messages(deal, privacy)
    .filter((it) => /\[(Confirm|Change) the reason\]/u.test(it))
    .map((it) => it.split(/[:\n]/u)[0]);

const end = { stage: 'closed', closedAt: NOW, position: null, asksReason: true } as const;
const over = (change: Partial<Deal>): Deal => newDeal({ ...end, manager: MANAGER, ...change });
const lost = countered({
  ...end,
  closedBecause: 'outcome',
  outcome: { kind: 'lost', reason: null },
  outcomeAt: NOW,
});
const confirmedReason = { reasons: ['price'], by: MANAGER, at: NOW };

it.each<readonly [string, Deal, string[]]>([
  ['stays lost', lost, ['outcome']],
  ['was closed by the clock', countered({ ...end, closedBecause: 'silence' }), ['closed']],
  ['was signed', over({ verdict: 'no_pulse', closedBecause: 'outcome', signedReportedAt: NOW }), ['signed']],
  ['ended with the call', over({ verdict: 'no_pulse', closedBecause: 'verdict' }), ['summary']],
  ['is back', { ...lost, outcome: { kind: 'won_back', part: 'whole', amount: null, took: null } }, []],
  ['was closed by an earlier release', { ...lost, asksReason: false }, []],
])('the message of a deal that %s has the button once, or not at all', (_, deal, where) => {
  expect(offering(deal)).toEqual(where);
  expect(offering(deal, 'short')).toEqual([]);
});

it('says what was confirmed and by whom, and in a public channel only behind Details', () => {
  const deal = { ...lost, confirmedReason };
  expect(messages(deal).join('\n')).toContain(
    `<${MANAGER}> confirmed the reason: Price.\n[Change the reason]`,
  );
  expect(messages(deal, 'short').join('\n')).not.toContain('confirmed the reason');
});

it('Details has it for everybody who sees the deal, and the button for a manager', () => {
  const viewer = { teamId: lost.tenant.teamId, isAdmin: false, standsInFor: [], mayDecideOwn: false };
  const seen = (userId: string) =>
    readBlocks(
      details({ ...lost, confirmedReason }, heartbeat, reasons, {
        viewer: { ...viewer, userId },
        names: new Map(),
      }).blocks,
    );
  expect(seen(MANAGER)).toContain('confirmed the reason: Price.\n[Change the reason]');
  expect(seen(REP)).toContain('confirmed the reason: Price.');
  expect(seen(REP)).not.toContain('[Change the reason]');
});

it('the form says what is known, has it picked already, and asks for one at least', () => {
  const deal = { ...lost, details: { ...lost.details, reasons: ['price'] } };
  const form = confirmReason(deal, reasons);
  expect(readBlocks(form.blocks)).toContain('The rep picked Price.');
  expect(JSON.stringify(form.blocks.at(-1))).toMatch(/initial_options.*"price"/u);
  expect(readConfirmReason({})).toMatchObject({ ok: false });
});
