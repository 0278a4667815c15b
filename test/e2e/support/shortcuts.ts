/** Shortcuts to a deal that waits for its manager, and to each person's view of it. */

import type { ConversationHandle, InputValue, MessageHandle, Modal, PersonDriver } from 'slack-sandbox';
import { fillNotes } from '../../../scripts/play';
import type { World } from './world';

/** A workspace in which a test can act as a person. */
type Place = Pick<World, 'slack'>;

export const LOST_DEALS = '#lost-deals';

export interface Call {
  readonly rep?: string;
  readonly business?: string;
  readonly how?: string;
  readonly manager?: string | null;
  /** More of the one screen of `/lostdeal after`, by label. */
  readonly heard?: Readonly<Record<string, InputValue>>;
}

export const WHO_DECIDES = 'Who can say yes?';
export const LOOKED_UP_LATER = "I couldn't look this person up. Try again in a moment.";

/** The one screen of `/lostdeal after`. */
export async function afterScreen(rep: PersonDriver, account: string, business?: string): Promise<Modal> {
  await rep.slash(`/lostdeal after ${account}`);
  const intake = await rep.modal('New business or a customer?');
  await intake.fill({ 'New business or a customer?': business ?? "New business we didn't win" });
  await intake.submit();
  return rep.modal('How did it end?');
}

/**
 * Saves a screen on which the rep has just named somebody, and waits until it closes. While Slack has not described that
 * person the field says so, and the rep taps again.
 */
export async function saveNaming(rep: PersonDriver, screen: Modal): Promise<void> {
  const isOpen = async () => (await rep.view()).modals.some((modal) => modal.id === screen.id);
  do await screen.submit();
  while ((await isOpen()) && Object.values(screen.errors()).some((it) => it.includes(LOOKED_UP_LATER)));
  await rep.noModal();
}

/** Notes a finished call; by default one whose prospect would reconsider, for maya to decide. */
export async function noteCall(world: Place, account: string, call: Call = {}): Promise<void> {
  const rep = world.slack.as(call.rep ?? 'robin');
  const screen = await afterScreen(rep, account, call.business);
  await fillNotes(screen, { 'How did it end?': call.how ?? 'Open to it, OK to ask' });
  await fillNotes(screen, {
    // Only where somebody decides, and the team has no manager.
    ...(screen.inputs().includes(WHO_DECIDES)
      ? { [WHO_DECIDES]: call.manager === undefined ? 'maya' : call.manager }
      : {}),
    // Something to decide by.
    ...(call.how === undefined ? { 'Loss reasons': ['Payment terms'] } : {}),
    ...call.heard,
  });
  await saveNaming(rep, screen);
}

/** A deal whose ask stands in the thread, as its manager sees it. */
export async function asked(world: Place, account: string, call: Call = {}): Promise<MessageHandle> {
  await noteCall(world, account, call);
  const manager = world.slack.as(call.manager ?? 'maya');
  return manager.channel(LOST_DEALS).waitFor(beginning(`${account} (`, 'would have'));
}

/** Matches messages that begin with `first` and contain `rest`. */
export function beginning(first: string, ...rest: readonly string[]): (message: MessageHandle) => boolean {
  const matches = (message: MessageHandle) => {
    const text = message.text();
    return text.startsWith(first) && rest.every((words) => text.includes(words));
  };
  matches.toString = () => [first, ...rest].join(' … ');
  return matches;
}

/** Matches messages that say all of this. */
export function saying(...all: readonly string[]): (message: MessageHandle) => boolean {
  const matches = (message: MessageHandle) => all.every((words) => message.text().includes(words));
  matches.toString = () => all.join(' … ');
  return matches;
}

export async function dmOf(world: Place, person: string): Promise<ConversationHandle> {
  return world.slack.as(person).dm('Lostdeal');
}

/** The root of a deal's thread, as the rep sees it. */
export async function summaryOf(world: Place, account: string, person = 'robin'): Promise<MessageHandle> {
  return world.slack
    .as(person)
    .channel(LOST_DEALS)
    .waitFor(beginning(`${account}  ·  `));
}

/** *Details* of a deal, from its thread. */
export async function detailsOf(world: Place, account: string, person = 'robin'): Promise<Modal> {
  await (await summaryOf(world, account, person)).click('Details');
  return world.slack.as(person).modal('The deal');
}

/** All messages in one conversation that name this deal, oldest first. */
export async function allAbout(place: ConversationHandle, account: string): Promise<readonly string[]> {
  return (await place.messages()).map((message) => message.text()).filter((text) => text.includes(account));
}
