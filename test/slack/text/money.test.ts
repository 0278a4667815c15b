/** No figure adds money of several currencies without a rate that an admin entered, and none drops a currency. */
import fc from 'fast-check';
import type { Learned } from '../../../src/coach/learn';
import { formatMoney, type Money, minorDigits } from '../../../src/deal/model/money';
import type { Rate } from '../../../src/insights/exchange';
import { figuresOf } from '../../../src/insights/questions';
import { countRescues } from '../../../src/insights/rescues';
import { digestSlot } from '../../../src/slack/messages/digest';
import { reportSlot } from '../../../src/slack/messages/report';
import { chartBlocks, figureBlocks, ledgerLines, shortCharts, shortFigures } from '../../../src/slack/text';
import { homeFigures } from '../../../src/slack/views/figures';
import { competitorPage } from '../../../src/slack/views/learn';
import type { FiguresAsked, InsightGroup } from '../../../src/store/store';
import { readBlocks } from '../read';

/** A deal lost to Globex on its price, which we lowered; null: not known. */
interface Lost {
  readonly worth: Money | null;
  /** Null: it stayed lost. */
  readonly end: { readonly back: Money | null; readonly cost: Money | null } | null;
}

const CURRENCIES = ['USD', 'EUR', 'JPY', 'KWD'] as const;
const money = (min: number) =>
  fc.option(
    fc.record({ minor: fc.integer({ min, max: 9_999_999 }), currency: fc.constantFrom(...CURRENCIES) }),
  );
const lost: fc.Arbitrary<Lost> = fc.record({
  worth: money(1),
  end: fc.option(fc.record({ back: money(1), cost: money(0) })),
});
const rates: fc.Arbitrary<readonly Rate[]> = fc
  .subarray(CURRENCIES.filter((it) => it !== 'USD'))
  .map((of) => of.map((currency) => ({ currency, to: 'USD', rate: '1.25', on: '2026-11-03' })));

const groupOf = ({ worth, end }: Lost): InsightGroup => {
  const isBack = Number(end !== null);
  return {
    ...{ period: 0, rep: 'U1', competitor: 'Globex', competitorKey: 'globex', business: 'new' },
    ...{ reasons: ['price'], given: ['price'], confirmed: [], decidedIn: null, callBackKept: null },
    ...{ playbookHash: null, steps: [], leftAt: null, pledgeKept: null },
    ...{ deals: 1, reached: 1, wouldHave: 1, wouldHaveKnown: 1, asked: 1, decided: 1, inTime: 1, tried: 1 },
    ...{ yes: 1, gave: 1, back: isBack, signed: isBack, lost: 1 - isBack, differ: 0, differKnown: 0 },
    ...{
      confirmedDeals: 0,
      confirmedDiffer: 0,
      confirmedDifferKnown: 0,
      pledged: 0,
      pledgeAsked: 0,
      inReturn: 0,
    },
    worth,
    backMoney: end?.back ?? null,
    signedMoney: end?.back ?? null,
    cost: end?.cost ?? null,
  };
};

const ASKED: FiguresAsked = {
  tenant: { enterpriseId: '', teamId: 'T1' },
  ...{ sight: 'all', from: null, until: null, reps: null, competitor: null },
};
const NAMED = { kind: 'all', unit: null, quarter: null, month: null, year: null } as const;

async function learnedOf(
  deals: readonly Lost[],
  of: readonly Rate[],
  competitor: string | null,
): Promise<Learned> {
  const groups = async () => deals.map(groupOf);
  return {
    asked: { period: { from: null, until: null, named: NAMED }, competitor, team: null },
    figures: await figuresOf({ insights: { groups } } as unknown as Parameters<typeof figuresOf>[0], ASKED),
    ...{ teamName: null, seesAll: true, months: [], quarters: [], teams: [], people: [] },
    reasons: [{ id: 'price', label: 'Price' }],
    exchange: { to: 'USD', rates: of, year: 2026 },
  };
}

/** One currency after the other. */
function plain(amounts: readonly (Money | null)[]): Money[] {
  return CURRENCIES.map((currency) => ({
    currency,
    minor: amounts.reduce((sum, it) => sum + (it?.currency === currency ? it.minor : 0), 0),
  })).filter(({ minor }) => minor > 0);
}

/** In major units of the dollar; null: there is no rate, or nothing to add. */
function together(sums: readonly Money[], of: readonly Rate[]): number | null {
  if (sums.length < 2) return null;
  const each = sums.map(({ minor, currency }) => {
    const major = minor / 10 ** minorDigits(currency);
    return currency === 'USD' ? major : of.some((it) => it.currency === currency) ? major * 1.25 : null;
  });
  return each.some((it) => it === null) ? null : each.reduce<number>((sum, it) => sum + (it ?? 0), 0);
}

const AMOUNT = /(?:[$€¥]|KWD\s)\d[\d,]*(?<=\d)(?:\.\d+)?/gu;
const amountsIn = (text: string): string[] => [...text.matchAll(AMOUNT)].map(([it]) => it);
const dollars = (text: string): number => Number(text.replaceAll(/[$,]/gu, ''));

it('shows each currency by itself in every form, and an approximate total only at rates with their day', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(lost, { minLength: 3, maxLength: 9 }), rates, async (deals, of) => {
      const learned = await learnedOf(deals, of, null);
      const against = await learnedOf(deals, of, 'Globex');
      const notice = {
        tenant: ASKED.tenant,
        id: 'n',
        kind: 'report',
        about: '',
        to: 'U1',
        revision: 1,
        followsFrom: null,
      };
      const home = { learned, choice: { period: '', team: null }, teams: [], digest: null };
      const ended = deals.flatMap(({ end }) => end ?? []);
      const worth = plain(deals.map((it) => it.worth));
      const back = plain(ended.map((it) => it.back));
      const cost = plain(ended.map((it) => it.cost));
      const allowed = [...worth, ...back, ...cost].map((it) => formatMoney(it));
      const sums = [worth, back, cost].map((it) => together(it, of)).filter((it) => it !== null);
      const forms = {
        report: readBlocks(figureBlocks(learned)),
        reportWithCharts: readBlocks(chartBlocks(learned) ?? []) + JSON.stringify(chartBlocks(learned)),
        message: readBlocks(reportSlot(notice, learned).blocks),
        digest: readBlocks(digestSlot(notice, { toChannel: false, learned }).blocks),
        home: readBlocks(homeFigures({ ...home, charts: true })),
        homeInText: readBlocks(homeFigures({ ...home, charts: false })),
        short: readBlocks(shortFigures(learned)) + readBlocks(shortCharts(learned) ?? []),
        competitor: readBlocks(competitorPage(against, { deals: [], page: 0, more: false }, 'Globex').blocks),
      };
      for (const [name, words] of Object.entries(forms)) {
        const about = [...words.matchAll(/[Aa]bout (\$[\d,.]*\d) at the rates of Nov 3\b/gu)].map(
          ([, it]) => it ?? '',
        );
        for (const it of about)
          expect([name, sums.some((sum) => Math.abs(sum - dollars(it)) <= 0.51)]).toEqual([name, true]);
        const others = amountsIn(words.replaceAll(/[Aa]bout \$[\d,.]*\d at the rates of Nov 3\b/gu, ''));
        expect([name, others.filter((it) => !allowed.includes(it))]).toEqual([name, []]);
        // A sum at rates that are there is not left out.
        const added = together(back, of);
        if (added !== null) expect([name, about.length > 0]).toEqual([name, true]);
        if (sums.length === 0) expect([name, about]).toEqual([name, []]);
        expect([name, back.map((it) => formatMoney(it)).filter((it) => !words.includes(it))]).toEqual([
          name,
          [],
        ]);
      }
      for (const it of [...worth, ...cost]) {
        expect(forms.report).toContain(formatMoney(it));
        expect(forms.reportWithCharts).toContain(formatMoney(it));
        expect(forms.competitor).toContain(formatMoney(it));
      }
    }),
    { numRuns: 60 },
  );
});

it('a manager reads beside an ask what came back and what we gave up, each currency by itself', () => {
  fc.assert(
    fc.property(fc.array(lost, { minLength: 1, maxLength: 9 }), (deals) => {
      const rescues = countRescues(
        deals.map(({ end }) => ({
          ...{ pulse: true, asked: true, inTime: true, tried: true, move: 'matched' as const },
          end: end === null ? ('lost' as const) : ('whole' as const),
          ...{ kinds: ['price'], deals: 1, won: end?.back ?? null, cost: end?.cost ?? null },
        })),
      );
      const ended = deals.flatMap(({ end }) => end ?? []);
      const lines = ledgerLines({ rescues, sameKind: null }, 'Globex', {
        reasons: [{ id: 'price', label: 'Price' }],
      } as unknown as Parameters<typeof ledgerLines>[2]).join(' ');
      const expected = [plain(ended.map((it) => it.back)), plain(ended.map((it) => it.cost))].flat();
      expect(amountsIn(lines).sort()).toEqual(expected.map((it) => formatMoney(it)).sort());
    }),
  );
});
