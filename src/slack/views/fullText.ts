import type { ModalView } from '@slack/types';
import type { Ask, Deal } from '../../deal/model/deal';
import type { KeptRemark } from '../../deal/model/remark';
import type { Playbook, Reason } from '../../playbook/schema';
import { ACTIONS, VIEWS } from '../ids';
import {
  cut,
  decidedParts,
  decisionFacts,
  detailEntries,
  encodedLength,
  everyAnswer,
  line,
  MORE_IN_THREAD,
  type Part,
  quote,
  rich,
  sourceMark,
} from '../text';
import { pageAfter, pageBefore, quiet, within } from './blocks';
import { modal } from './modal';

interface Item {
  readonly title: readonly Part[];
  readonly parts: readonly Part[];
}

/** Slack takes 250 kB and 100 blocks a view. A page stays far below both and scrolls easily. */
const PAGE_CHARACTERS = 20_000;
const PAGE_ITEMS = 40;

/** *Show all*: every word that the deal keeps, in full, page by page (from 0). */
export function fullText(
  deal: Deal,
  playbook: Playbook,
  reasons: readonly Reason[],
  remarks: readonly KeptRemark[],
  page = 0,
): ModalView {
  const pages = paged(itemsOf(deal, playbook, reasons, remarks));
  const current = within(page, pages.length);
  const items = pages[current] ?? [];
  const turn = {
    action: ACTIONS.page,
    page: current,
    more: current < pages.length - 1,
    ref: { deal: deal.id },
  };
  return modal({
    id: VIEWS.fullText,
    title: 'All that was kept',
    ref: { deal: deal.id, page: current },
    blocks: [
      quiet(pages.length > 1 ? `${deal.account}  ·  page ${current + 1} of ${pages.length}` : deal.account),
      ...pageBefore('Earlier', turn),
      ...(items.length === 0 ? [quiet('Nothing is written down yet.')] : []),
      ...items.map(({ title, parts }) => rich(line(...title), quote(...parts))),
      ...pageAfter('More', turn),
    ],
  });
}

function itemsOf(
  deal: Deal,
  playbook: Playbook,
  reasons: readonly Reason[],
  remarks: readonly KeptRemark[],
): Item[] {
  const entries = [...everyAnswer(deal, { playbook, reasons }), ...detailEntries(deal)].map(
    ({ title, isGuess, parts }): Item => ({
      title: [{ bold: cut(title, 300) }, ...sourceMark(isGuess ? 'rep' : 'prospect')],
      parts,
    }),
  );
  const asks = [...deal.pastAsks, ...(deal.ask === null ? [] : [deal.ask])].flatMap((ask) =>
    askItems(ask, reasons),
  );
  const wrote = remarks.flatMap(({ by, at, text, isCut }): Item[] =>
    text === null
      ? []
      : [
          {
            title: [{ user: by }, ' wrote, ', { date: at }],
            parts: isCut ? [text, ' … ', { italic: MORE_IN_THREAD }] : [text],
          },
        ],
  );
  const outcome = deal.outcome;
  const ends: Item[] =
    outcome?.kind === 'lost' && outcome.reason !== null
      ? [{ title: [{ bold: 'Why it stayed lost' }], parts: [outcome.reason] }]
      : [];
  return [...entries, ...asks, ...wrote, ...ends];
}

function askItems(ask: Ask, reasons: readonly Reason[]): Item[] {
  return [
    ...ask.questions.flatMap((question): Item[] => [
      { title: [{ user: question.by }, ' asked, ', { date: question.at }], parts: [question.text] },
      ...(question.answer === null
        ? []
        : [
            {
              title: [{ user: question.answer.by }, ' answered, ', { date: question.answer.at }],
              parts: [question.answer.text],
            },
          ]),
    ]),
    ...ask.decisions.flatMap((decision) =>
      decisionFacts(decision, reasons).map(
        ({ label, parts }, index): Item => ({
          title: index === 0 ? [...decidedParts(decision), `  ·  ${label}`] : [{ bold: label }],
          parts,
        }),
      ),
    ),
  ];
}

function paged(items: readonly Item[]): Item[][] {
  const pages: Item[][] = [[]];
  let used = 0;
  for (const item of items) {
    const size = sizeOf(item.parts);
    const page = pages.at(-1) ?? [];
    if (page.length >= PAGE_ITEMS || (page.length > 0 && used + size > PAGE_CHARACTERS)) {
      pages.push([item]);
      used = size;
    } else {
      page.push(item);
      used += size;
    }
  }
  return pages;
}

function sizeOf(parts: readonly Part[]): number {
  return parts.reduce((sum, part) => sum + (typeof part === 'string' ? encodedLength(part) : 40), 0);
}
