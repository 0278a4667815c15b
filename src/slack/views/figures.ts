/** *What we're learning*: the short form on App Home, and the screen with a period and a team to pick. */
import type { ActionsBlock, AnyBlock, ModalView, PlainTextOption, StaticSelect } from '@slack/types';
import type { Learned } from '../../coach/learn';
import type { Every } from '../../coach/ownDigest';
import { ACTIONS, encodeRef, type Ref, VIEWS } from '../ids';
import {
  button,
  buttons,
  dealsRow,
  figureBlocks,
  paragraph,
  plain,
  shortCharts,
  shortFigures,
} from '../text';
import { divider, heading, quiet } from './blocks';
import { modal } from './modal';

/** The figures that a person picked. */
export interface Choice {
  /** As people type it behind `report`; empty: the last 90 days. */
  readonly period: string;
  /** Id of a team of the settings; null: all. */
  readonly team: string | null;
}

export interface TeamName {
  readonly id: string;
  readonly name: string;
}

const PERIODS: readonly (readonly [words: string, label: string])[] = [
  ['', 'The last 90 days'],
  ['this month', 'This month'],
  ['last month', 'Last month'],
  ['this quarter', 'This quarter'],
  ['last quarter', 'Last quarter'],
  ['this year', 'This year'],
  ['last year', 'Last year'],
  ['all', 'So far'],
];

/** Slack's limit for the options of a menu. */
const MOST_TEAMS = 99;

/** As a button or `private_metadata` holds it. */
export const refOf = ({ period, team }: Choice): Ref => ({
  ...(period === '' ? {} : { section: period }),
  ...(team === null ? {} : { item: team }),
});

export const choiceOfRef = ({ section, item }: Ref): Choice => ({
  period: section ?? '',
  team: item ?? null,
});

/** The figures of a period and a team, with menus for both. `said`: what became of the last tap. */
export function figuresScreen(
  learned: Learned,
  choice: Choice,
  teams: readonly TeamName[],
  said: string | null = null,
): ModalView {
  return modal({
    id: VIEWS.figures,
    title: "What we're learning",
    ref: refOf(choice),
    blocks: [
      ...(said === null ? [] : [quiet(said)]),
      menus(choice, teams),
      ...figureBlocks(learned),
      ...dealsOf(learned, choice),
      buttons(
        { action: ACTIONS.figureReport, label: 'Send me this', ref: refOf(choice) },
        { action: ACTIONS.figureExport, label: 'Export', ref: refOf(choice) },
        { action: ACTIONS.callEnds, label: 'Where calls end', ref: refOf(choice) },
      ),
    ],
  });
}

function dealsOf(learned: Learned, choice: Choice): ActionsBlock[] {
  const row = dealsRow(learned, refOf(choice));
  return row === null ? [] : [row];
}

/** Each option holds the whole choice, so that a pick needs no memory. */
function menus(choice: Choice, teams: readonly TeamName[]): ActionsBlock {
  const periods = PERIODS.map(([period, label]) => option(label, { ...choice, period }));
  const all = [
    option('All teams', { ...choice, team: null }),
    ...teams.slice(0, MOST_TEAMS).map(({ id, name }) => option(name, { ...choice, team: id })),
  ];
  const chosen = (options: readonly PlainTextOption[]): { initial_option?: PlainTextOption } => {
    const found = options.find(({ value }) => value === encodeRef(refOf(choice)));
    return found === undefined ? {} : { initial_option: found };
  };
  return {
    type: 'actions',
    elements: [
      {
        type: 'static_select',
        action_id: ACTIONS.figuresPeriod,
        placeholder: plain('Period', 150),
        options: periods,
        ...chosen(periods),
      },
      ...(teams.length === 0
        ? []
        : [
            {
              type: 'static_select' as const,
              action_id: ACTIONS.figuresTeam,
              placeholder: plain('Team', 150),
              options: all,
              ...chosen(all),
            },
          ]),
    ],
  };
}

const option = (label: string, choice: Choice): PlainTextOption => ({
  text: plain(label, 75),
  value: encodeRef(refOf(choice)),
});

export interface HomeFigures {
  /** Null: it is still being counted. */
  readonly learned: Learned | null;
  readonly choice: Choice;
  readonly teams: readonly TeamName[];
  /** False: the workspace refuses charts, or they have no room; the same figures as text. */
  readonly charts: boolean;
  /** How often they get the digest; null: never. */
  readonly digest: Every | null;
}

const DIGESTS = [
  ['never', 'No digest'],
  ['week', 'Digest every week'],
  ['month', 'Digest every month'],
] as const;

/** What somebody picked; null: never. */
export const readDigestEvery = (value: string | undefined): Every | null =>
  value === 'week' || value === 'month' ? value : null;

function digestMenu(every: Every | null): StaticSelect {
  const options = DIGESTS.map(([value, label]) => ({ text: plain(label, 75), value }));
  const chosen = options.find(({ value }) => value === (every ?? 'never'));
  return {
    type: 'static_select',
    action_id: ACTIONS.digestEvery,
    placeholder: plain('Digest', 150),
    options,
    ...(chosen === undefined ? {} : { initial_option: chosen }),
  };
}

/** The screen after *Stop this*, with the way back, and the one after that. */
export function digestScreen(isStopped: boolean): ModalView {
  return modal({
    id: VIEWS.notice,
    title: isStopped ? 'Digest stopped' : 'Digest back on',
    blocks: isStopped
      ? [
          paragraph(["You won't get it again. Nothing changes for anybody else."]),
          buttons({ action: ACTIONS.digestAgain, label: 'Start it again' }),
        ]
      : [paragraph(["You'll get the digest again, on the same day as before."])],
  });
}

/** For managers and admins, on App Home. */
export function homeFigures({ learned, choice, teams, charts, digest }: HomeFigures): AnyBlock[] {
  const ref = refOf(choice);
  return [
    divider(),
    heading("What we're learning"),
    menus(choice, teams),
    ...(learned === null
      ? [quiet('Counting. It shows up here in a moment.')]
      : [...((charts ? shortCharts(learned) : null) ?? shortFigures(learned)), ...dealsOf(learned, choice)]),
    {
      type: 'actions',
      elements: [
        button({ action: ACTIONS.figures, label: 'Look closer', ref }),
        button({ action: ACTIONS.figureReport, label: 'Get the report', ref }),
        button({ action: ACTIONS.figureExport, label: 'Export', ref }),
        digestMenu(digest),
      ],
    },
  ];
}
