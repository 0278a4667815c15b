/** Figures: the report, the page of a competitor, and the deals behind them. */
import type { ModalView } from '@slack/types';
import { against, askForReport, dealsBehind, dealsOfReport, learn, reportAsked } from '../../coach/learn';
import { seeDeal } from '../../coach/overview';
import { ACTIONS } from '../ids';
import { competitorPage, DEALS_SHOWN, figureDeals, OFFERS_SHOWN } from '../views/learn';
import { notice } from '../views/notice';
import type { On } from './handlers';
import type { Request } from './request';
import { open } from './show';

/** Slack opens no screen later than three seconds after the command. */
const SCREEN_WITHIN_MS = 1_500;

export const REPORT_COMES = 'Your report is on its way. It comes as a direct message.';

export function registerLearn(on: On): void {
  on.click(ACTIONS.figureDeals, async ({ coach, who }, { ref }) => {
    const deals = await dealsOfReport(coach, who, ref.item ?? '', DEALS_SHOWN + 1);
    return open(figureDeals(deals?.slice(0, DEALS_SHOWN) ?? null, (deals?.length ?? 0) > DEALS_SHOWN));
  });
}

/** @returns false when the words have another form; then they are a company's name */
export async function requestReport({ coach, who }: Request, words: string): Promise<boolean> {
  const asked = await reportAsked(coach, who, words);
  if (asked === null) return false;
  await askForReport(coach, who, asked);
  return true;
}

/** @param typed all that was typed, which may be a company that said no */
export async function competitorScreen(
  request: Request,
  competitor: string,
  typed: string,
): Promise<ModalView> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), SCREEN_WITHIN_MS);
  });
  const view = await Promise.race([pageOf(request, competitor, typed), late]);
  clearTimeout(timer);
  return (
    view ??
    notice('That takes longer', `Type /lostdeal report vs ${competitor}, and it comes as a direct message.`)
  );
}

async function pageOf({ coach, who }: Request, competitor: string, typed: string): Promise<ModalView> {
  const asked = against(competitor);
  const [learned, behind] = await Promise.all([
    learn(coach, who, asked),
    dealsBehind(coach, who, asked, { reason: null, limit: OFFERS_SHOWN }),
  ]);
  if (learned === null) return notice('Not for you to see', 'Only people of this workspace see its figures.');
  const deals = await Promise.all(behind.map(({ dealId }) => seeDeal(coach, who, dealId)));
  return competitorPage(
    learned,
    deals.filter((deal) => deal !== null),
    typed,
  );
}
