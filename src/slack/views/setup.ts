/** For admins, on App Home: what is left to do before a team can use Lostdeal. */
import type { AnyBlock } from '@slack/types';
import type { Setup } from '../../coach/setup';
import { ACTIONS } from '../ids';
import { type ButtonOptions, buttons, copied, line, type Part, rich } from '../text';
import { divider, heading } from './blocks';
import { channelParts, minutesText, plural } from './settings/valueText';

interface Row {
  readonly title: string;
  readonly isDone: boolean;
  readonly says: readonly Part[];
  /** A text to copy; absent: none. */
  readonly copy?: string;
  readonly way: Omit<ButtonOptions, 'about'>;
}

/** A text that an admin copies for the reps. */
const INVITATION = [
  'When a prospect says no, type /lostdeal and the company. It shows what to say, one line at a time, and you type nothing during the call.',
  'Try it with a made-up prospect first: /lostdeal practice. It takes three minutes, and nobody sees it.',
].join('\n');

export function setupBlocks(setup: Setup | null): AnyBlock[] {
  if (setup === null) return [];
  const rows = rowsOf(setup);
  const done = rows.filter(({ isDone }) => isDone).length;
  return [
    heading(`Set up Lostdeal: ${done} of ${rows.length} done`),
    ...rows.flatMap(({ title, isDone, says, copy, way }) => [
      rich(line(isDone ? '✓ ' : '○ ', { bold: title }, '  ', ...says)),
      ...(copy === undefined ? [] : [rich(copied(copy))]),
      buttons({ ...way, about: title }),
    ]),
    buttons({ action: ACTIONS.setupHide, label: 'Hide this list' }),
    divider(),
  ];
}

function rowsOf(setup: Setup): readonly Row[] {
  const { channel, teams, responseMinutes, fallback, isResponseChosen, hasPracticed, isInvited } = setup;
  const form = (section: string, isDone: boolean) => ({
    action: ACTIONS.settingsForm,
    label: isDone ? 'Change' : 'Choose',
    ref: { section },
  });
  return [
    {
      title: 'Channel',
      isDone: channel !== null,
      says:
        channel === null
          ? ['Nobody has chosen one, so deals have no thread.']
          : ['Threads go to ', ...channelParts(channel, ''), '.'],
      way: form('threads', channel !== null),
    },
    {
      title: 'Teams',
      isDone: teams > 0,
      says: [
        teams > 0
          ? `${plural(teams, 'team')} with a manager and reps.`
          : 'None with a manager and reps, so each rep names a manager when it matters.',
      ],
      way: { action: ACTIONS.settingsList, label: 'Open', ref: { section: 'teams' } },
    },
    {
      title: 'Response time',
      isDone: isResponseChosen,
      says: [
        `Managers have ${minutesText(responseMinutes)} to answer. `,
        ...(fallback === null
          ? ['Nobody else gets the ask after that.']
          : ['After that we ask ', ...lastAsked(fallback), '.']),
      ],
      way: form('deciding', isResponseChosen),
    },
    {
      title: 'A practice call',
      isDone: hasPracticed,
      says: [hasPracticed ? "You've had one." : 'Three minutes, and nobody sees it.'],
      way: { action: ACTIONS.practice, label: 'Practice' },
    },
    {
      title: 'An invitation',
      isDone: isInvited,
      says: [isInvited ? 'Sent.' : 'Copy this for your reps.'],
      ...(isInvited ? {} : { copy: INVITATION }),
      way: isInvited
        ? { action: ACTIONS.setupInvited, label: 'Show it again', ref: { section: 'again' } }
        : { action: ACTIONS.setupInvited, label: "I've sent it" },
    },
  ];
}

const lastAsked = (fallback: NonNullable<Setup['fallback']>): readonly Part[] =>
  fallback.kind === 'person' ? [{ user: fallback.userId }] : channelParts(fallback.channel, '');
