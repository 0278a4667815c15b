/** How `decide` and its parts answer. */
import type { Decided, RefusalCode } from './commands';
import type { DealEventBody } from './events';

export const happens = (...events: readonly DealEventBody[]): Decided => ({ ok: true, events });

/** @param detail plain words for the person; with `already_decided` the user id of the one who decided */
export const refuse = (code: RefusalCode, detail: string): Decided => ({ ok: false, code, detail });

export const alreadyDone = refuse('already_done', 'This is done already.');
export const stale = refuse('stale', 'The deal has moved on since you opened this.');
export const isSigned = refuse('has_signed', 'They have signed with somebody else. That ends the rescue.');
export const ownManager = refuse('invalid', 'A rep cannot be their own manager. Please name somebody else.');

export const isBlank = (text: string): boolean => text.trim() === '';
