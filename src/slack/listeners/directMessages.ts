/** Plain direct messages to the app, and the question which ask one is for. */
import type { WebClient } from '@slack/web-api';
import {
  chooseDeal,
  type DirectMessage,
  type Heard,
  hear,
  hearDeletion,
  hearEdit,
} from '../../coach/directMessages';
import { WHICH_ONE } from '../ids';
import {
  directMessageSaved,
  type Ephemeral,
  explanation,
  notKept,
  settled,
  whichOne,
} from '../views/whichOne';
import { gone, isRefused, nothingOrWhy } from './dealHandlers';
import { isFirstUse } from './firstOffer';
import type { Click, On } from './handlers';
import { type Deletion, isReworded, type Message, type MessageEvent, type Of } from './messageEvents';
import { wordsOfReply } from './replyWords';
import type { Request } from './request';
import { nothing, open, replaceOriginal, type Show } from './show';

export function registerDirectMessages(on: On): void {
  on.click(WHICH_ONE, choose);
}

export async function directMessagePosted(
  request: Request,
  { channel }: MessageEvent,
  { ts, text }: Message,
  client: WebClient,
): Promise<void> {
  const message = { channel, ts, text: await wordsOfReply(request, text ?? '') };
  await answer(request, message, await hear(request.coach, request.who, message), client);
}

/** Somebody names the app in a channel, beneath no message of ours. */
export async function appMentioned(
  request: Request,
  { channel }: MessageEvent,
  client: WebClient,
): Promise<void> {
  if (request.who.teamId !== request.who.tenant.teamId) return;
  say(request, channel, explanation(await isFirstUse(request)), client);
}

export async function directMessageEdited(
  request: Request,
  event: Of<'message_changed'>,
  { bot_id, user, text, ts, edited }: Message,
  client: WebClient,
): Promise<void> {
  if (bot_id !== undefined || user === undefined || !isReworded(event)) return;
  const words = { channel: event.channel, ts, text: await wordsOfReply(request, text ?? '') };
  const message = { ...words, ...(edited?.ts === undefined ? {} : { editedTs: edited.ts }) };
  const asAuthor = { ...request.who, userId: user };
  await answer(request, message, await hearEdit(request.coach, asAuthor, message), client);
}

export async function directMessageDeleted(
  { coach, who }: Request,
  { channel, ts }: Deletion,
  { user, bot_id }: Message,
): Promise<void> {
  if (user === undefined || bot_id !== undefined) return;
  await hearDeletion(coach, { ...who, userId: user }, { channel, ts });
}

/** Asks which ask it is for, or says what the app is for. */
async function answer(
  request: Request,
  { channel }: DirectMessage,
  heard: Heard,
  client: WebClient,
): Promise<void> {
  const said = heard.what === 'nothing_waits' ? explanation(await isFirstUse(request)) : saidTo(heard);
  if (said !== null) say(request, channel, said, client);
}

function say(
  { deps, log, who: { userId: user } }: Request,
  channel: string,
  said: Ephemeral,
  client: WebClient,
): void {
  deps.backgroundTasks.run(log, 'the answer to a message could not be sent', () =>
    client.chat.postEphemeral({ channel, user, ...said }),
  );
}

/** Null: their words are kept, and that is all. */
function saidTo(heard: Exclude<Heard, { readonly what: 'nothing_waits' }>): Ephemeral | null {
  switch (heard.what) {
    case 'kept':
      return null;
    case 'which_one':
      return whichOne(heard);
    case 'not_kept':
      return notKept(heard.why);
  }
}

/** The author taps the deal: its words count for it, and the question gives way to the next one. */
async function choose(
  { coach, deps, log, who }: Request,
  { ref: { deal, item }, body }: Click,
): Promise<Show> {
  const channel = body.channel?.id;
  if (deal === undefined || item === undefined || channel === undefined) return open(gone);
  const chosen = await chooseDeal(coach, who, { channel, ts: item }, deal);
  if (chosen === 'settled') return open(settled);
  if (isRefused(chosen.acted)) return nothingOrWhy(chosen.acted);
  const { next } = chosen;
  const said = next === null ? directMessageSaved(chosen.acted.deal) : whichOne(next);
  deps.backgroundTasks.run(log, 'the question which ask a message is for could not be replaced', () =>
    replaceOriginal(deps.fetch, body.response_url, said),
  );
  return nothing;
}
