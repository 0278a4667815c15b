/** What a rep reads before they give something alone on a call. */
import { offers } from '../../../src/slack/views/offers';
import { GIVE } from '../../deal/world';
import { LONG, newDeal, pulse, reasons } from '../deals';
import { buttonNames, viewFaults } from '../limits';
import { readView } from '../read';

const shown = (given: Parameters<typeof offers>[1]['offers'], deal = newDeal()) =>
  offers(deal, { offers: given, reasons, currency: 'USD', worth: null });

it('groups them by reason, those that the buyer named first, and says what limits them', () => {
  const { details } = pulse();
  const deal = newDeal({ details: { ...details, reasons: ['payment_terms'] } });
  const price = { ...GIVE, id: 'G2', reason: 'price', terms: 'Ten percent off', inReturn: 'two years' };
  const view = shown(
    [
      { give: price, needsWorth: false },
      { give: { ...GIVE, until: '2027-03-31' }, needsWorth: false },
    ],
    deal,
  );
  const text = readView(view);
  expect(text.indexOf('60 days to pay, until')).toBeGreaterThan(text.indexOf('Payment terms'));
  expect(text.indexOf('Price')).toBeGreaterThan(text.indexOf('60 days to pay'));
  expect(text).toContain('Ten percent off, in return for two years.');
  expect(view.submit).toBeUndefined();
});

it('shows nothing whose limit nobody can count yet, and asks for the worth', () => {
  const view = shown([{ give: GIVE, needsWorth: true }]);
  expect(readView(view)).not.toContain('60 days');
  expect(readView(view)).toContain("What's the deal worth?");
  expect(view.submit?.text).toBe('Show what fits');
});

it('fits Slack with the longest words of a hundred entries, each button with a name of its own', () => {
  const many = Array.from({ length: 100 }, (_, index) => ({
    give: { ...GIVE, id: `G${index}`, terms: `${index} ${LONG}`, inReturn: LONG, reason: `r${index}` },
    needsWorth: false,
  }));
  const view = shown(many);
  expect(viewFaults(view)).toEqual([]);
  const named = buttonNames(view);
  expect(new Set(named).size).toBe(named.length);
});
