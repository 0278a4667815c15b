/** Messages of no deal: what each kind says, and to whom one goes. */
import { DIGEST_CHANNEL, DIGEST_PERSON } from '../../coach/digests';
import { EXPORT_BEGUN } from '../../coach/exporting';
import { PLAYBOOK_WAITS, type VersionTold, type VersionWaits } from '../../coach/playbooks';
import { adminsIn } from '../../coach/settings/adminsChanged';
import type { Deal, Tenant, UserId } from '../../deal/model/deal';
import type { Notice } from '../../store/store';
import { ACTIONS } from '../ids';
import { buttons, cut, dealCount, fallbackText, line, type Part, rich } from '../text';
import { dm, type Slot } from './slot';

/** The first line, without names or words of people, and how to help. */
interface Words {
  readonly first: readonly Part[];
  readonly help: readonly Part[];
}

const KEPT = 'Nothing you recorded is lost, and I tell people by direct message what they have to do.';
/** What these are about while nobody has chosen a channel. */
const NO_CHANNEL = 'none';

const people = (users: readonly UserId[]): Part[] =>
  users.flatMap((user, index) => (index === 0 ? [{ user }] : [', ', { user }]));

const NOTICES = {
  channel_unusable_rep: (channel) =>
    channel === NO_CHANNEL
      ? {
          first: ['Nobody has chosen a channel for lost deals yet, so your deal has no thread.'],
          help: [KEPT, ' Ask an admin to choose one. The thread then begins by itself.'],
        }
      : {
          first: ["I can't write to ", { channel }, ", so your deal's thread is on hold."],
          help: [
            KEPT,
            ' Ask an admin to unarchive it, invite me, or choose another one. The thread then catches up by itself.',
          ],
        },
  channel_unusable_admin: (channel) =>
    channel === NO_CHANNEL
      ? {
          first: ['Nobody has chosen a channel for lost deals yet, so they have no threads.'],
          help: ['Choose one in /lostdeal settings, and the threads begin at once.'],
        }
      : {
          first: ["I can't write to ", { channel }, ', so the threads of lost deals there are on hold.'],
          help: [
            'Nothing recorded is lost, and I tell people by direct message what they have to do. Choose another channel in /lostdeal settings, and the threads continue there. Or unarchive this one or invite me, and they catch up.',
          ],
        },
  channel_shared_admin: (channel) => ({
    first: ['People of another company read ', { channel }, ' or are invited to it.'],
    help: [
      'The threads of lost deals there leave out names, words, terms and amounts from now on. I also rewrite those that say everything. You can choose another channel in /lostdeal settings.',
    ],
  }),
  admins_changed: (about) => {
    const { by, added, removed } = adminsIn(about);
    return {
      first: [{ user: by }, ' changed the admins of Lostdeal.'],
      help: [
        ...(added.length === 0 ? [] : ['Added: ', ...people(added), '. ']),
        ...(removed.length === 0 ? [] : ['Removed: ', ...people(removed), '. ']),
        "Admins see all deals, may decide about them and change the settings. If that isn't right, change it in /lostdeal settings.",
      ],
    };
  },
  [DIGEST_PERSON]: (user) => ({
    first: [{ user }, ' left this workspace or is a guest, so the digest skips them.'],
    help: ['Everybody else still gets it. Choose who reads it in /lostdeal settings.'],
  }),
  [DIGEST_CHANNEL]: (channel) => ({
    first: ['I stopped the digest in ', { channel }, '.'],
    help: [
      "It goes only to a private channel of this company alone that I'm in and that isn't archived. Choose another one in /lostdeal settings.",
    ],
  }),
  [EXPORT_BEGUN]: (count) => ({
    first: [`I'm making your export: ${dealCount(Number(count))}. This takes ${howLong(Number(count))}.`],
    help: ['The file comes as a message of its own.'],
  }),
} satisfies Readonly<Record<string, (about: string) => Words>>;
/** One file of 14,000 deals took a second when it was measured, and Slack has to take it too. */
const howLong = (count: number): string => (count < 500_000 ? 'less than a minute' : 'a minute or two');

type NoticeKind = keyof typeof NOTICES;

const isKnown = (kind: string): kind is NoticeKind => Object.hasOwn(NOTICES, kind);

/** Null: another release knows this kind. */
export function renderNotice({ id, kind, about, to }: Notice): Slot | null {
  if (!isKnown(kind)) return null;
  const { first, help } = NOTICES[kind](about);
  return {
    key: id,
    place: dm(to),
    text: fallbackText([...first, ' ', ...help]),
    blocks: [
      rich(line(...first.map((part) => (typeof part === 'string' ? { bold: part } : part))), line(...help)),
    ],
    notifies: true,
    overtaken: false,
  };
}

/** A call under way keeps its playbook, but not its list of reasons. */
const REASONS_TOLD = {
  waits: 'Reps pick from the old one until you choose.',
  kept_out:
    'An admin kept the old one. You can still choose this one in /lostdeal settings, under Playbooks.',
  in_use: 'Reps pick from it now.',
  past: "It's out of date. /lostdeal settings shows what reps pick from, under Loss reasons.",
} satisfies Record<VersionTold['state'], string>;

const TOLD = {
  waits: 'New calls start with the old one until you choose. Calls under way keep theirs.',
  kept_out:
    'An admin kept the old one. You can still choose this one in /lostdeal settings, under Playbooks.',
  in_use: 'New calls start with it. Calls under way keep theirs.',
  past: "It's out of date. /lostdeal settings shows what new calls start with, under Playbooks.",
} satisfies Record<VersionTold['state'], string>;

/** Says that a version waits for the admins, or what became of it. Null: the version is not stored. */
export function playbookSlot(notice: Notice, { what, state }: VersionTold): Slot | null {
  if (what === null) return null;
  const { id, to } = notice;
  const { playbookId, hash } = versionIn(notice);
  const title = what.kind === 'reasons' ? 'Loss reasons' : what.title;
  const first =
    what.kind === 'reasons'
      ? "There's a new list of loss reasons."
      : `There's a new version of “${cut(what.title, 80)}”.`;
  const help = (what.kind === 'reasons' ? REASONS_TOLD : TOLD)[state];
  const ref = { playbook: playbookId, version: hash };
  return {
    key: id,
    place: dm(to),
    text: fallbackText([first, ' ', help]),
    blocks: [
      rich(line({ bold: first }), line(help)),
      ...(state === 'waits'
        ? [
            buttons(
              { action: ACTIONS.previewPlaybook, label: 'Preview', about: title, ref },
              { action: ACTIONS.usePlaybook, label: 'Use it', about: title, ref },
            ),
          ]
        : []),
    ],
    notifies: true,
    // Admins who have not read it yet have nothing left to choose.
    overtaken: state !== 'waits',
  };
}

export const playbookNotices = (
  tenant: Tenant,
  { playbookId, hash }: VersionWaits,
  admins: readonly UserId[],
): readonly Omit<Notice, 'revision'>[] =>
  admins.map((to) => ({
    tenant,
    id: [PLAYBOOK_WAITS, playbookId, hash, to].join(':'),
    kind: PLAYBOOK_WAITS,
    about: `${playbookId}:${hash}`,
    to,
    followsFrom: null,
  }));

/** The version that such a notice is about. */
export function versionIn({ about }: Pick<Notice, 'about'>): VersionWaits {
  const [playbookId = '', hash = ''] = about.split(':');
  return { playbookId, hash };
}

/** Nobody hears of the same channel again within this time, whatever deals are in it. */
const QUIET_MS = 24 * 60 * 60_000;

/**
 * A deal's thread cannot be written to: its rep hears of it, and the admins, who can choose another channel.
 * @param channel null: nobody has chosen one
 */
export function channelNotices(deal: Deal, channel: string | null, admins: readonly UserId[]) {
  const about = channel ?? NO_CHANNEL;
  const notice = (kind: NoticeKind, to: UserId) => ({
    tenant: deal.tenant,
    id: [kind, about, to, deal.id].join(':'),
    kind,
    about,
    to,
    followsFrom: deal.id,
    quietMs: QUIET_MS,
  });
  return [
    ...(admins.includes(deal.rep) ? [] : [notice('channel_unusable_rep', deal.rep)]),
    ...admins.map((admin) => notice('channel_unusable_admin', admin)),
  ];
}

/** @param sharedAt when we learned of it: what it is told once for */
export const sharedNotices = (
  tenant: Tenant,
  channel: string,
  sharedAt: number,
  admins: readonly UserId[],
): readonly Omit<Notice, 'revision'>[] =>
  admins.map((to) => ({
    tenant,
    id: ['channel_shared_admin' satisfies NoticeKind, channel, to, sharedAt].join(':'),
    kind: 'channel_shared_admin',
    about: channel,
    to,
    followsFrom: null,
  }));

/** @param changedAt when the admins changed: what it is told once for */
export const adminNotices = (
  tenant: Tenant,
  about: string,
  changedAt: number,
  admins: readonly UserId[],
): readonly Omit<Notice, 'revision'>[] =>
  admins.map((to) => ({
    tenant,
    id: ['admins_changed' satisfies NoticeKind, to, changedAt].join(':'),
    kind: 'admins_changed',
    about,
    to,
    followsFrom: null,
  }));
