/** What a picture is taken of. */
export const CAST = ['robin', 'maya', 'dana'] as const;

/** A moment of the story worth a picture: what `who` sees, at a place of the page, once these words are there. */
export interface Moment {
  readonly name: string;
  readonly who: (typeof CAST)[number];
  readonly seen: string | RegExp;
  readonly place?: string;
  /** A modal is open there; it is gone where this is left out and a place is named. */
  readonly modal?: true;
  /** Scrolls until the words are on top, where a place is longer than a page. */
  readonly onTop?: true;
  /** Beside it what went to the app and what it called. */
  readonly inspector?: true;
}
export type Camera = (moment: Moment) => Promise<void>;
