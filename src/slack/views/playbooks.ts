/** For admins: the versions of playbooks, what is new in one, and the choice whether new calls start with it. */
import type { AnyBlock, ModalView } from '@slack/types';
import {
  countOf,
  type PlaybookListed,
  type PlaybookOffer,
  type ReasonsOffer,
  shortHash,
  type VersionList,
  type WaitingVersions,
} from '../../coach/playbookPreview';
import type { WaitingPlaybook, WaitingReasons } from '../../coach/playbooks';
import type { PracticeScene } from '../../coach/practice';
import type { ChangedPart, PartChange, PlaybookChange } from '../../playbook/changes';
import { REASONS_ID } from '../../playbook/checking/loader';
import { MAILS_WHEN, type Playbook, WORDS_WHEN } from '../../playbook/schema';
import { ACTIONS, type Ref, VIEWS } from '../ids';
import { type ButtonOptions, buttons, cut, line, paragraph, plainLine, type RichPiece, rich } from '../text';
import { apart, divider, heading, quiet } from './blocks';
import { modal } from './modal';
import { plural } from './settings/valueText';

export const PREVIEW = 'Preview. Nothing is posted, and nobody gets a message.';

/** One version of a playbook, or of the list of reasons. */
type Version = Pick<Playbook, 'id' | 'hash' | 'title'>;

const REASONS = 'Loss reasons';
const ofReasons = (hash: string): Version => ({ id: REASONS_ID, title: REASONS, hash });

const versionRef = ({ id, hash }: Version): Ref => ({ playbook: id, version: hash });

const previewButton = (version: Version, about: string): ButtonOptions => ({
  action: ACTIONS.previewPlaybook,
  label: 'Preview',
  about,
  ref: versionRef(version),
});

/** *Use it* and *Keep the old one*; only the first for a version that an admin turned down. */
export function choiceButtons(version: Version, isKeptOut = false): readonly ButtonOptions[] {
  const ref = versionRef(version);
  const about = version.title;
  return [
    { action: ACTIONS.usePlaybook, label: 'Use it', about, ref },
    ...(isKeptOut ? [] : [{ action: ACTIONS.keepPlaybook, label: 'Keep the old one', about, ref }]),
  ];
}

/** Home shows at most this many; each takes two of Slack's 100 blocks. */
const MOST_ON_HOME = 2;

/** On App Home, for admins. Empty when nothing waits. */
export function versionBlocks(waiting: WaitingVersions): AnyBlock[] {
  const { playbooks, reasons } = waiting;
  if (countOf(waiting) === 0) return [];
  const entries = [
    ...playbooks.map(({ next }) => ({
      version: next,
      says: ' has a new version. New calls start with the old one until you choose.',
    })),
    ...(reasons === null
      ? []
      : [
          {
            version: ofReasons(reasons.hash),
            says: ' have a new list. Reps pick from the old one until you choose.',
          },
        ]),
  ];
  return [
    heading('New playbook versions'),
    ...entries
      .slice(0, MOST_ON_HOME)
      .flatMap(({ version, says }): AnyBlock[] => [
        rich(line({ bold: version.title }, says)),
        buttons(previewButton(version, version.title), ...choiceButtons(version)),
      ]),
    ...(entries.length > MOST_ON_HOME ? [quiet('There are more. Look in Settings, under Playbooks.')] : []),
    divider(),
  ];
}

/** Playbooks that one screen lists: each takes up to five of Slack's 100 blocks, and the reasons three. */
const MOST_LISTED = 18;

/** Every playbook with its versions. */
export function playbooksView({ playbooks: listed, reasons }: VersionList): ModalView {
  // Those that wait come first, so that none of them is left out.
  const ordered = [...listed].sort((a, b) => Number(a.waiting === null) - Number(b.waiting === null));
  return modal({
    id: VIEWS.playbooks,
    title: 'Playbooks',
    blocks: [
      ...apart([
        ...(reasons === null ? [] : [reasonRows(reasons)]),
        ...ordered.slice(0, MOST_LISTED).map(playbookRows),
      ]),
      ...(ordered.length > MOST_LISTED ? [quiet(`And ${ordered.length - MOST_LISTED} more.`)] : []),
    ],
  });
}

const playbookRows = ({ inUse, waiting }: PlaybookListed): AnyBlock[] => [
  rich(
    line({ bold: inUse.title }),
    line(`In use: ${plural(inUse.steps.length, 'screen')}, version ${shortHash(inUse.hash)}.`),
  ),
  buttons(previewButton(inUse, `${inUse.title}, in use`)),
  ...(waiting === null ? [] : waitingRows(waiting)),
];

const reasonRows = ({ next, hash, isKeptOut }: WaitingReasons): AnyBlock[] => [
  rich(
    line({ bold: REASONS }),
    line(`${isKeptOut ? 'Not used' : 'New'}: ${plural(next.length, 'reason')}, version ${shortHash(hash)}.`),
  ),
  buttons(previewButton(ofReasons(hash), `${REASONS}, new`), ...choiceButtons(ofReasons(hash), isKeptOut)),
];

const waitingRows = ({ next, isKeptOut }: WaitingPlaybook): AnyBlock[] => [
  rich(
    line(
      `${isKeptOut ? 'Not used' : 'New'}: ${plural(next.steps.length, 'screen')}, version ${shortHash(next.hash)}.`,
    ),
  ),
  buttons(previewButton(next, `${next.title}, new`), ...choiceButtons(next, isKeptOut)),
];

const STATES = {
  in_use: 'New calls start with this version.',
  waits: 'New calls start with the old version until an admin chooses this one.',
  kept_out: 'An admin kept the old version. New calls still start with it.',
  past: 'The version you picked is out of date. New calls start with this one.',
} satisfies Record<PlaybookOffer['state'], string>;

const REASON_STATES = {
  in_use: 'Reps pick from this list.',
  waits: 'Reps pick from the old list until an admin chooses this one.',
  kept_out: 'An admin kept the old list. Reps still pick from it.',
  past: 'The list you picked is out of date. Reps pick from this one.',
} satisfies Record<ReasonsOffer['state'], string>;

/** Reasons that one line names. */
const MOST_NAMED = 30;

/** A list of reasons before reps pick from it. */
function reasonsView({ reasons, hash, state, changes }: ReasonsOffer): ModalView {
  const waits = state === 'waits' || state === 'kept_out';
  const { added, removed, renamed } = changes;
  const named = (what: string, labels: readonly string[]) =>
    labels.length === 0 ? [] : [line(`${what}: ${listed(labels)}`)];
  const lines = [
    ...named('New', added),
    ...named('Gone', removed),
    ...named(
      'Renamed',
      renamed.map(({ was, now }) => `${was} is now ${now}`),
    ),
  ];
  return modal({
    id: VIEWS.previewPlaybook,
    title: 'Preview',
    blocks: [
      quiet(PREVIEW),
      rich(line({ bold: REASONS }), line(REASON_STATES[state])),
      ...(waits ? [buttons(...choiceButtons(ofReasons(hash), state === 'kept_out'))] : []),
      divider(),
      rich(
        ...(lines.length === 0 && waits ? [line('The reasons are in a different order.')] : lines),
        line(`All reasons: ${listed(reasons.map(({ label }) => label))}`),
      ),
    ],
  });
}

const listed = (labels: readonly string[]): string => {
  const shown = labels
    .slice(0, MOST_NAMED)
    .map((label) => cut(label, 75))
    .join(', ');
  return labels.length > MOST_NAMED ? `${shown} and ${labels.length - MOST_NAMED} more.` : `${shown}.`;
};

/** The limits of what one screen says of changes. */
const MOST_CHANGES = 20;
const MOST_PARTS = 4;
const MOST_LINES = 2;
const LONGEST_LINE = 160;

/** One version before anybody uses it. */
export const previewView = (offer: PlaybookOffer | ReasonsOffer): ModalView =>
  offer.kind === 'reasons' ? reasonsView(offer) : playbookView(offer);

function playbookView({ scene, state, changes }: PlaybookOffer): ModalView {
  const { playbook, practice, deal } = scene;
  const ref = { ...versionRef(playbook), practice: practice.id };
  const waits = state === 'waits' || state === 'kept_out';
  return modal({
    id: VIEWS.previewPlaybook,
    title: 'Preview',
    ref,
    blocks: [
      quiet(PREVIEW),
      rich(
        line({ bold: playbook.title }),
        line(`${plural(playbook.steps.length, 'screen')}, version ${shortHash(playbook.hash)}.`),
        line(STATES[state]),
      ),
      buttons(
        { action: ACTIONS.previewStart, label: 'Walk through it', about: playbook.title, ref },
        ...(waits ? choiceButtons(playbook, state === 'kept_out') : []),
      ),
      ...(changes.length === 0
        ? []
        : [
            divider(),
            heading("What's new"),
            paragraph([summary(changes)]),
            ...changes.slice(0, MOST_CHANGES).map((change) => changeBlock(change, deal)),
            ...(changes.length > MOST_CHANGES
              ? [
                  quiet(
                    `And ${plural(changes.length - MOST_CHANGES, 'more change')}. Walk through it to see the rest.`,
                  ),
                ]
              : []),
          ]),
    ],
  });
}

/** "2 screens changed, 1 new screen, 1 screen removed." */
function summary(changes: readonly PlaybookChange[]): string {
  const steps = changes.filter(({ kind }) => kind === 'step');
  const count = (how: PlaybookChange['how']) => steps.filter((it) => it.how === how).length;
  const others = changes.length - steps.length;
  const parts = [
    ...(count('changed') > 0 ? [`${plural(count('changed'), 'screen')} changed`] : []),
    ...(count('added') > 0 ? [plural(count('added'), 'new screen')] : []),
    ...(count('removed') > 0 ? [`${plural(count('removed'), 'screen')} removed`] : []),
    ...(others > 0 ? [`${plural(others, steps.length > 0 ? 'other change' : 'change')}`] : []),
  ];
  return `${parts.join(', ')}.`;
}

const PARTS = {
  title: 'Title',
  summary: 'Summary',
  language: 'Language',
  say: 'You say',
  prompts: 'More to ask',
  cue: 'Listen for',
  dont: "Don't",
  why: 'Why',
  they_say: 'They say',
  buttons: 'Buttons',
  leads: 'Where it leads',
  field: 'Field',
  start: 'First screen',
  rest: 'Other details',
} satisfies Record<ChangedPart, string>;

const HOW = { added: 'New', removed: 'Gone', changed: 'Changed' } satisfies Record<
  PlaybookChange['how'],
  string
>;

function changeBlock(change: PlaybookChange, deal: PracticeScene['deal']) {
  return rich(
    line(`${HOW[change.how]}: `, { bold: nameOf(change, deal) }),
    ...(change.how === 'changed'
      ? change.parts.slice(0, MOST_PARTS).flatMap((part) => partLines(part, deal))
      : linesOf(change.says, deal)),
    ...(change.how === 'changed' && change.parts.length > MOST_PARTS ? [line('And more.')] : []),
  );
}

function nameOf(change: PlaybookChange, deal: PracticeScene['deal']): string {
  switch (change.kind) {
    case 'playbook':
      return 'The playbook itself';
    case 'step':
      return cut(plainLine(change.title, deal), 80);
    case 'ending':
      return `Ending “${cut(plainLine(change.title, deal), 80)}”`;
    case 'words':
      return `Words ${WORDS_WHEN[change.moment]}`;
    case 'mail':
      return `Mail ${MAILS_WHEN[change.mail]}`;
  }
}

function partLines({ part, was, now }: PartChange, deal: PracticeScene['deal']): RichPiece[] {
  const [before, after] = readable(was, now, deal);
  return [
    line({ italic: PARTS[part] }),
    ...before.map((text) => line(`Was: ${text}`)),
    ...after.map((text) => line(`Now: ${text}`)),
  ];
}

/** Lines as they are read out, or as they are written where only marks differ. */
function readable(was: readonly string[], now: readonly string[], deal: PracticeScene['deal']) {
  const read = (lines: readonly string[]) => lines.map((text) => plainLine(text, deal));
  const differs = read(was).join('\n') !== read(now).join('\n');
  return [was, now].map((lines) => shortened(differs ? read(lines) : lines)) as [string[], string[]];
}

const linesOf = (says: readonly string[], deal: PracticeScene['deal']): RichPiece[] =>
  shortened(says.map((text) => plainLine(text, deal))).map((text) => line(text));

function shortened(lines: readonly string[]): string[] {
  const shown = lines.slice(0, MOST_LINES).map((text) => `“${cut(text, LONGEST_LINE)}”`);
  return lines.length > MOST_LINES ? [...shown, `${lines.length - MOST_LINES} more.`] : shown;
}
