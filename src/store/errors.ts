/** Errors of the store, with a `code` each. Messages are for operators: what is wrong, and what to do. */

export const STORE_ERRORS = {
  /** Another process holds the SQLite file. */
  LOCKED: 'store_locked',
  /** The database was written by a newer version. */
  NEWER: 'store_newer',
  /** The file is not a database, or is damaged. */
  CORRUPT: 'store_corrupt',
  /** The folder or file cannot be written. */
  READ_ONLY: 'store_read_only',
  /** The disk is full. Nothing of the failed write was kept. */
  FULL: 'store_full',
  /** The database does not answer, or its disk fails. */
  UNREACHABLE: 'store_unreachable',
  /** The database does not let us in, or does not exist. Waiting would not help. */
  REFUSED: 'store_refused',
  /** The target of a move already holds rows. */
  NOT_EMPTY: 'store_not_empty',
  /** This version cannot use what `DATABASE_URL` names. */
  UNSUPPORTED: 'store_unsupported',
  /** `ENCRYPTION_KEY` is malformed, missing although tokens are encrypted, or not the key that encrypted them. */
  BAD_KEY: 'store_bad_key',
  /** A stored record does not have the form that this version expects; the message names the record. */
  UNREADABLE: 'store_unreadable',
} as const;

export type StoreErrorCode = (typeof STORE_ERRORS)[keyof typeof STORE_ERRORS];

export class StoreError extends Error {
  constructor(
    readonly code: StoreErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'StoreError';
  }
}
