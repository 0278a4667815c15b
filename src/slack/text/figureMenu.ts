/** *Show the deals*: of all figures together, or of one of them. */
import type { ActionsBlock, PlainTextOption } from '@slack/types';
import type { Learned } from '../../coach/learn';
import type { Reason } from '../../playbook/schema';
import type { FigureOf, FigureStep, PledgeState } from '../../store/store';
import { ACTIONS, dealsOfBlock, encodeRef, type Ref } from '../ids';
import { reasonLabels } from './answers';
import { button } from './buttons';
import { cut } from './encode';
import { plain } from './rich';

/** Options of a group; the rest is rare. */
const MOST = 20;
/** Slack's limit, of the older of its pages. */
const VALUE_MAX = 75;

/** Eight stand side by side beneath a chart, so each has at most 11 characters. */
export const STEP_LABELS: Readonly<Record<FigureStep, string>> = {
  reached: 'Asked',
  wouldHave: 'Open to it',
  asked: 'To manager',
  inTime: 'In time',
  tried: 'Tried',
  yes: 'Yes',
  back: 'Back',
  signed: 'Signed',
};

const PLEDGE_LABELS: Readonly<Record<PledgeState, string>> = {
  promised: 'written down',
  asked: 'asked about',
  held: 'held',
  partly: 'partly',
  broken: 'broken',
  unknown: "they don't know",
};

const STEPS = Object.keys(STEP_LABELS) as FigureStep[];

/** @param over what the figures are over; null when there are no deals */
export function dealsRow({ figures, reasons, asked }: Learned, over: Ref): ActionsBlock | null {
  const { funnel, competitors } = figures;
  if (funnel.lost === 0) return null;
  const steps = STEPS.map((step) => option(STEP_LABELS[step], funnel[step], { figure: step }));
  const said = figures.reasons.flatMap(({ reason, said: count, given }) => {
    const label = reasonLabels([reason], reasons);
    return [
      option(label, count, { figure: `said:${reason}` }),
      option(`${label}, given`, given, { figure: `given:${reason}` }),
    ];
  });
  const others =
    asked.competitor === null
      ? competitors.map(({ key, name, lost }) =>
          option(name ?? '', key === null ? 0 : lost, { company: key ?? '' }),
        )
      : [];
  const groups = [
    ['From no to back', steps],
    ['Reasons', said],
    ['Who won them', others],
  ] as const;
  const filled = groups
    .map(([title, options]) => ({
      label: plain(title, 75),
      options: options.flatMap((it) => it ?? []).slice(0, MOST),
    }))
    .filter(({ options }) => options.length > 0);
  const all = button({ action: ACTIONS.figureDeals, label: 'Show the deals', ref: over });
  return {
    type: 'actions',
    block_id: dealsOfBlock(over),
    elements: [
      all,
      ...(filled.length === 0
        ? []
        : [
            {
              type: 'static_select' as const,
              action_id: ACTIONS.figureDealsOf,
              placeholder: plain('Only those of…', 150),
              option_groups: filled,
            },
          ]),
    ],
  };
}

/** Null: it has no deals, or a name too long for Slack. */
function option(label: string, count: number, ref: Ref): PlainTextOption | null {
  const value = encodeRef(ref);
  return count === 0 || value.length > VALUE_MAX
    ? null
    : { text: plain(`${cut(label, 60)} (${count})`, 75), value };
}

/** "Back", "They said: Price · against Globex" */
export function figureWords(of: FigureOf, competitor: string | null, reasons: readonly Reason[]): string {
  const name =
    of === null
      ? 'All lost deals'
      : of.kind === 'step'
        ? STEP_LABELS[of.step]
        : of.kind === 'pledge'
          ? `What they promised: ${PLEDGE_LABELS[of.state]}`
          : `${of.kind === 'said' ? 'They said' : 'We moved on'}: ${reasonLabels([of.reason], reasons)}`;
  return competitor === null ? name : `${name} · against ${cut(competitor, 80)}`;
}
