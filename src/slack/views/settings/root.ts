/** `/lostdeal settings`: the team's choices, with a button to each of the screens. */
import type { AnyBlock, ModalView } from '@slack/types';
import type { TeamSettings } from '../../../coach/settings/settingsSchema';
import type { Playbook } from '../../../playbook/schema';
import { ACTIONS, VIEWS } from '../../ids';
import { type ButtonOptions, buttons, cut, line, type Part, rich } from '../../text';
import { apart } from '../blocks';
import { modal } from '../modal';
import { digestParts } from './digest';
import type { FormContext } from './form';
import { limitText } from './limits';
import { ratesInUse } from './rates';
import { reasonsOf } from './reasons';
import type { FormId, ListId } from './screenIds';
import { standInParts } from './standIns';
import { channelParts, hoursText, minutesText, peopleParts, plural, weekdaysText } from './valueText';

export interface RootContext extends FormContext {
  /** The channel for threads when the settings name none; null: none. */
  readonly installationChannel: string | null;
  /** The versions with which new deals start. */
  readonly playbooks: readonly Pick<Playbook, 'title' | 'hash' | 'steps'>[];
  /** How many versions wait for an admin to choose. */
  readonly newVersions: number;
  /** What the start found hard to read in the team's own playbooks; the log says where. */
  readonly warnings: number;
}

/** Long enough to recognise the value; the rest is one tap away. */
const SHOWN = 3;

export function settingsView(settings: TeamSettings, context: RootContext): ModalView {
  const { workingDay, fallback, defaultLimit } = settings;
  const channel = settings.channel ?? context.installationChannel;
  const inUse = reasonsOf(settings, context).filter(({ retired }) => !retired).length;
  return modal({
    id: VIEWS.settings,
    title: 'Settings',
    close: 'Close',
    blocks: apart([
      section('Teams', teamLines(settings), list('teams')),
      section(
        'Threads & visibility',
        [
          channel === null
            ? [{ bold: 'Nobody has chosen a channel yet. Until then deals have no thread.' }]
            : ['Threads go to ', ...channelParts(channel, ''), '.'],
          [
            settings.publicThreads === 'short'
              ? 'In public channels they leave out names, words and amounts. '
              : 'In public channels they say everything. ',
            settings.sight === 'parties'
              ? 'Only a deal’s people can open it.'
              : 'Everybody can read every deal.',
            settings.tellWins ? ' The channel hears when a deal is back.' : '',
          ],
        ],
        form('threads'),
      ),
      section(
        'Response time & escalation',
        [
          [
            `${minutesText(settings.responseMinutes)} to answer. `,
            ...(fallback === null
              ? ['Nobody else gets the ask after that.']
              : [
                  'If nobody does, we ask ',
                  ...(fallback.kind === 'person'
                    ? [{ user: fallback.userId }]
                    : channelParts(fallback.channel, '')),
                  '.',
                ]),
          ],
        ],
        form('deciding'),
      ),
      section(
        'Limits',
        settings.limits.length === 0
          ? [['None.']]
          : firstOf(settings.limits, (it) => [
              { user: it.manager },
              `: ${limitText(it)}, then `,
              { user: it.approver },
            ]),
        list('limits'),
      ),
      section(
        'Everybody else’s limit',
        defaultLimit === null
          ? [['None. They decide alone.']]
          : [[`${limitText(defaultLimit)}, then `, { user: defaultLimit.approver }]],
        form('default_limit'),
      ),
      section(
        'Pre-approved',
        settings.gives.length === 0
          ? [['Nothing. Reps ask about everything.']]
          : firstOf(settings.gives, ({ terms, by }) => [`${cut(terms, 80)}, by `, { user: by }]),
        list('gives'),
      ),
      section(
        'Stand-ins',
        settings.standIns.length === 0 ? [['None.']] : firstOf(settings.standIns, standInParts),
        list('stand_ins'),
      ),
      section(
        'Working hours & holidays',
        [
          [
            `${weekdaysText(workingDay.weekdays)}, ${hoursText(workingDay.startMinute, workingDay.endMinute)}, `,
            workingDay.holidays.length === 0
              ? 'no holidays.'
              : `${plural(workingDay.holidays.length, 'holiday')}.`,
          ],
        ],
        form('calendar'),
      ),
      section('Loss reasons', [[`${inUse} in use.`]], list('reasons')),
      section('Playbooks', playbookLines(context), { action: ACTIONS.playbooks, label: 'Open' }),
      section(
        'Follow-up & data',
        [
          [
            `${settings.currency}. Closed after ${plural(settings.silenceDays, 'day')} of silence. `,
            `Call again ${plural(settings.reEngageBeforeDays, 'day')} before a contract ends. `,
            settings.retentionMonths === null
              ? 'Closed deals stay.'
              : `Closed deals are erased after ${plural(settings.retentionMonths, 'month')}.`,
          ],
        ],
        form('following'),
      ),
      section('Exchange rates', rateLines(settings), form('rates')),
      section('Digest', digestParts(settings), form('digest')),
      section(
        'Admins',
        [
          [
            'Slack’s admins and owners',
            ...(settings.admins.length === 0 ? [] : [', ', ...peopleParts(settings.admins)]),
            '.',
          ],
        ],
        form('admins'),
      ),
      section('History', [['Who changed what, and when.']], {
        action: ACTIONS.settingsHistory,
        label: 'Show',
        ref: { page: 0 },
      }),
    ]),
  });
}

const list = (id: ListId): ButtonOptions => ({
  action: ACTIONS.settingsList,
  label: 'Open',
  ref: { section: id },
});
const form = (id: FormId): ButtonOptions => ({
  action: ACTIONS.settingsForm,
  label: 'Change',
  ref: { section: id },
});

function section(title: string, lines: readonly (readonly Part[])[], way: ButtonOptions): AnyBlock[] {
  return [
    rich(line({ bold: title }), ...lines.map((parts) => line(...parts))),
    buttons({ ...way, about: title }),
  ];
}

function playbookLines({ playbooks, newVersions, warnings }: RootContext): Part[][] {
  return [
    ...(newVersions === 0 ? [] : [[{ bold: `${plural(newVersions, 'new version')} to look at.` }]]),
    ...firstOf(playbooks, ({ title, hash, steps }) => [
      `${title}: ${plural(steps.length, 'screen')}, version ${hash.slice(0, 8)}`,
    ]),
    ...(warnings === 0 ? [] : [[`${plural(warnings, 'line')} too long for a call. The log says where.`]]),
  ];
}

function rateLines(settings: TeamSettings): Part[][] {
  const rates = ratesInUse(settings);
  if (rates.length === 0) return [['None. Reports show one sum per currency.']];
  return firstOf(rates, ({ currency, rate, to, on }) => [`1 ${currency} is ${rate} ${to}, ${on}`]);
}

function teamLines({ teams }: TeamSettings): Part[][] {
  if (teams.length === 0) return [['None yet. Each rep names a manager when it matters.']];
  return firstOf(teams, ({ name, manager, reps }) => [
    `${name}: `,
    ...(manager === null ? ['no manager'] : [{ user: manager }]),
    `, ${plural(reps.length, 'rep')}`,
  ]);
}

function firstOf<T>(items: readonly T[], lineOf: (item: T) => Part[]): Part[][] {
  const shown = items.slice(0, SHOWN).map(lineOf);
  return items.length > SHOWN ? [...shown, [`And ${items.length - SHOWN} more.`]] : shown;
}
