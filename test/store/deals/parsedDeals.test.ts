/** The cache keeps a deal as it was written, so reading it back must give the same deal. */
import fc from 'fast-check';
import { createParsedDeals } from '../../../src/store/deals/parsedDeals';
import { readDeal, STATE_FORMAT, writeDeal } from '../../../src/store/records/dealJson';
import { randomCommand } from '../../deal/randomCommands';
import { World } from '../../deal/world';
import { ACME, aDeal, GLOBEX } from '../builder';

const keysIn = (value: unknown): string[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => [key, ...keysIn(inner).map((it) => `${key}.${it}`)])
    : [];

it('a deal reads back exactly as it was written, whatever happened to it', () => {
  fc.assert(
    fc.property(fc.array(randomCommand, { maxLength: 30, size: 'max' }), (commands) => {
      const world = new World();
      world.start();
      for (const { actor, waitMs, commandFor } of commands)
        world.wait(waitMs).run(commandFor(world.it, world.now), actor);
      const { it: deal } = world;
      const row = { id: deal.id, team_id: deal.tenant.teamId, state_format: STATE_FORMAT };
      const read = readDeal({ ...row, state: writeDeal(deal) });
      expect(read).toEqual(deal);
      // `toEqual` ignores keys with undefined values; this does not.
      expect(keysIn(read).sort()).toEqual(keysIn(deal).sort());
    }),
    { numRuns: 150 },
  );
});

it('the same id in another workspace is another deal', () => {
  const parsed = createParsedDeals();
  parsed.remember(aDeal({ account: 'Of Acme' }));
  expect(parsed.find(ACME, 'D1')?.account).toBe('Of Acme');
  expect(parsed.find(GLOBEX, 'D1')).toBeNull();
});
