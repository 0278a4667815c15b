/** Errors of the store, told apart by `code`. Messages are for operators: what is wrong, and what to do. */

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
  /** The database does not let us in, or is not there. Waiting would not help. */
  REFUSED: 'store_refused',
  /** A database is to be moved to one that holds something already. */
  NOT_EMPTY: 'store_not_empty',
  /** `DATABASE_URL` names something that this version cannot use. */
  UNSUPPORTED: 'store_unsupported',
  /** `ENCRYPTION_KEY` is malformed, missing though tokens are encrypted, or not the one they were encrypted with. */
  BAD_KEY: 'store_bad_key',
  /** One stored record does not say what this version expects of it; the message names the record. */
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
