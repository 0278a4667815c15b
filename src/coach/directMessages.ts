/**
 * Plain direct messages to the app. One counts for the ask or the question that waits for its author. While several wait,
 * its words are in a row until the author says which one they are for.
 */
import { stationOf } from '../deal/asking/stations';
import { mayDecide } from '../deal/decide/permissions';
import { questionFor } from '../deal/decide/remarks';
import type { Deal } from '../deal/model/deal';
import { isCourtesy, LONGEST_WORDS } from '../deal/model/remark';
import { clip, isSeen } from '../deal/model/typed';
import { type Acted, act, actorFor, notFound, type Refused, refuseUnconfirmed } from './act';
import type { Coach, Who } from './context';
import { overview, seeDeal } from './overview';

export interface DirectMessage {
  readonly channel: string;
  readonly ts: string;
  readonly text: string;
  /** `ts` of the edit that made these words; absent: never edited. */
  readonly editedTs?: string;
}

type Place = Pick<DirectMessage, 'channel' | 'ts'>;

/** Words whose deal is not known yet, and the deals they may be for. */
export interface WhichOne {
  readonly message: DirectMessage;
  /** At least two, the most urgent first. */
  readonly deals: readonly Deal[];
}

export type Heard =
  /** Nothing waits for this person. */
  | { readonly what: 'nothing_waits' }
  /** Kept, or nothing to keep. */
  | { readonly what: 'kept' }
  /** The deal cannot keep it, so it is only in Slack. */
  | { readonly what: 'not_kept'; readonly why: Refused }
  | ({ readonly what: 'which_one' } & WhichOne);

const kept: Heard = { what: 'kept' };

/**
 * Slack may report an edit or a deletion before its message, but delivers none after about six minutes. An older message
 * that we do not know was for no ask.
 */
const MAY_STILL_COME_MS = 10 * 60_000;

/** Asks that wait for one person; more do not fit the question. */
const MOST_ASKS = 20;
/** More words of one person that wait for their deal are only in Slack. */
const MOST_WORDS = 50;

/** Keeps a message, or asks which deal it is for. */
export async function hear(coach: Coach, who: Who, message: DirectMessage): Promise<Heard> {
  if ((await coach.store.deals.dealOfRemark(who.tenant, message.channel, message.ts)) !== null) return kept;
  refuseUnknown(await actorFor(coach, who));
  const words = await wordsOf(coach, who);
  if (words.some((it) => isSame(it, message) && it.text === null)) return kept;
  const deals = await waitingFor(coach, who);
  const [first] = deals;
  if (first === undefined) return isCourtesy(message.text) ? kept : { what: 'nothing_waits' };
  if (!isSeen(message.text)) return kept;
  // A thank-you follows the newest message and offers nothing, so it is worth no question.
  const only = deals.length === 1 ? first : isCourtesy(message.text) ? newestOf(deals) : null;
  if (only !== null) {
    const acted = await act(coach, who, only.id, { type: 'remark', ...message });
    return acted.ok ? kept : { what: 'not_kept', why: acted };
  }
  const isKnown = words.some((it) => isSame(it, message));
  if (isKnown || words.length < MOST_WORDS) await keep(coach, who, message);
  return (await nextQuestion(coach, who, deals)) ?? kept;
}

/** Follows an edit. */
export async function hearEdit(coach: Coach, who: Who, message: DirectMessage): Promise<Heard> {
  const { channel, ts, text } = message;
  const dealId = await coach.store.deals.dealOfRemark(who.tenant, channel, ts);
  if (dealId !== null) {
    await act(coach, who, dealId, { type: 'edit_remark', ...message });
    return kept;
  }
  const known = (await wordsOf(coach, who)).find((it) => isSame(it, message));
  if (known === undefined) return isRecent(coach, ts) ? hear(coach, who, message) : kept;
  if (known.text !== null) await (isSeen(text) ? keep(coach, who, message) : forget(coach, who, message));
  return kept;
}

/** Follows a deletion: notes it for a message that is still to come. */
export async function hearDeletion(coach: Coach, who: Who, place: Place): Promise<void> {
  const dealId = await coach.store.deals.dealOfRemark(who.tenant, place.channel, place.ts);
  if (dealId !== null) {
    await act(coach, who, dealId, { type: 'delete_remark', ...place });
    return;
  }
  const isKnown = (await wordsOf(coach, who)).some((it) => isSame(it, place));
  if (isKnown || isRecent(coach, place.ts)) await forget(coach, who, place);
}

export type Chosen =
  | { readonly acted: Acted; readonly next: WhichOne | null }
  /** The words have their deal already, or are gone. */
  | 'settled';

/** The author says which deal the words of a message are for. */
export async function chooseDeal(coach: Coach, who: Who, place: Place, dealId: string): Promise<Chosen> {
  if ((await seeDeal(coach, who, dealId)) === null) return { acted: notFound, next: null };
  const words = (await wordsOf(coach, who)).find((it) => isSame(it, place));
  if (words === undefined || words.text === null) return 'settled';
  const { text, editedTs } = words;
  const acted = await act(
    coach,
    who,
    dealId,
    { type: 'remark', ...place, text, ...(editedTs === undefined ? {} : { editedTs }) },
    { endsDraft: { form: formOf(place), ofNoDeal: true } },
  );
  if (!acted.ok) return { acted, next: null };
  if (!acted.changed) return 'settled';
  const next = await nextQuestion(coach, who, await waitingFor(coach, who));
  return { acted, next };
}

/** The oldest words without a deal; null: there are none, or not several deals wait. */
async function nextQuestion(
  coach: Coach,
  who: Who,
  deals: readonly Deal[],
): Promise<({ what: 'which_one' } & WhichOne) | null> {
  if (deals.length < 2) return null;
  const oldest = (await wordsOf(coach, who)).find(({ text }) => text !== null);
  if (oldest === undefined || oldest.text === null) return null;
  return { what: 'which_one', message: { ...oldest, text: oldest.text }, deals };
}

/** The deals whose ask waits for this person, then those in which a question waits for the rep's answer. */
async function waitingFor(coach: Coach, who: Who): Promise<Deal[]> {
  const [actor, { waiting, mine }] = await Promise.all([
    actorFor(coach, who),
    overview(coach, who, MOST_ASKS),
  ]);
  const toDecide = waiting.filter((deal) => deal.ask?.heldUntil === null && mayDecide(deal, actor));
  const questions = mine.filter(
    (deal) => questionFor(deal, who.userId) !== null && !toDecide.some(({ id }) => id === deal.id),
  );
  return [...toDecide, ...questions].slice(0, MOST_ASKS);
}

function newestOf(deals: readonly Deal[]): Deal | null {
  const at = ({ ask }: Deal): number => (ask === null ? 0 : stationOf(ask).at);
  return deals.reduce<Deal | null>(
    (newest, it) => (newest === null || at(it) > at(newest) ? it : newest),
    null,
  );
}

/** Nobody knows yet what waits for somebody whom Slack has not described. */
function refuseUnknown(actor: Awaited<ReturnType<typeof actorFor>>): void {
  if (actor.role === 'unknown') refuseUnconfirmed(actor);
}

const isRecent = ({ clock }: Coach, ts: string): boolean =>
  clock.now() - Number(ts) * 1000 < MAY_STILL_COME_MS;

const FORM = 'dm:';
const formOf = ({ channel, ts }: Place): string => `${FORM}${channel}:${ts}`;

const isSame = (a: Place, b: Place): boolean => a.channel === b.channel && a.ts === b.ts;

/** µs UTC. */
const microseconds = (ts: string): number => Math.round(Number(ts) * 1_000_000);

interface Words extends Place {
  /** Null: deleted. */
  readonly text: string | null;
  readonly editedTs?: string;
}

/** The words of a person that have no deal yet, and the deleted ones, oldest first. */
async function wordsOf({ store }: Coach, { tenant, userId }: Who): Promise<Words[]> {
  const drafts = await store.drafts.ofNoDeal(tenant, userId, FORM);
  return drafts.map(({ form, values }) => {
    const [channel = '', ts = ''] = form.slice(FORM.length).split(':');
    const { text, editedTs } = values ?? {};
    return {
      channel,
      ts,
      text: typeof text === 'string' ? text : null,
      ...(typeof editedTs === 'string' ? { editedTs } : {}),
    };
  });
}

/** Of two edits the newer one holds, whichever Slack reports first. */
async function keep(coach: Coach, who: Who, message: DirectMessage): Promise<void> {
  const { text, ts, editedTs } = message;
  await coach.store.drafts.save({
    ...rowOf(coach, who, message),
    actionTs: microseconds(editedTs ?? ts),
    // A little more than a deal keeps, so that it knows that the words went on.
    values: { text: clip(text, LONGEST_WORDS + 100), ...(editedTs === undefined ? {} : { editedTs }) },
  });
}

async function forget(coach: Coach, who: Who, place: Place): Promise<void> {
  await coach.store.drafts.settle({ ...rowOf(coach, who, place), actionTs: microseconds(place.ts) });
}

const rowOf = ({ clock }: Coach, { tenant, userId }: Who, place: Place) => ({
  tenant,
  dealId: '',
  userId,
  form: formOf(place),
  viewId: place.channel,
  savedAt: clock.now(),
});
