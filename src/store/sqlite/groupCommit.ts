/**
 * One transaction, and so one sync of the disk, for the commits of all requests that arrive in the same turn of the
 * event loop. Each has its own savepoint: what is taken back or fails alone leaves the others as they are. Nobody
 * hears of success before the disk has it.
 */

/** What a write came to; `keep: false` takes back whatever it wrote. */
export interface Written<T> {
  readonly keep: boolean;
  readonly result: T;
}

export interface GroupCommit<Run> {
  /**
   * Runs `write`, which must not wait for anything, together with others.
   * @throws what it throws, or why the transaction it shared failed; nothing of it was kept then
   */
  commit<T>(write: (run: Run) => Written<T>): Promise<T>;
}

/** The connection, as far as transactions go. Each may throw. */
export interface Transactions {
  begin(): void;
  commit(): void;
  rollback(): void;
  savepoint(): void;
  /** Ends the innermost savepoint. */
  release(): void;
  /** Undoes everything since the innermost savepoint, which stays. */
  rollbackToSavepoint(): void;
  /** After a full disk or an I/O error the database has rolled back by itself. */
  isOpen(): boolean;
}

interface Waiting<Run> {
  /** Keeps its result, or why it failed alone. @throws when the transaction is lost with it */
  write(run: Run): void;
  settle(): void;
  fail(error: unknown): void;
}

/**
 * @param alone runs work while nobody else uses the connection
 * @param told what an error of the database means
 */
export function createGroupCommit<Run>(
  run: Run,
  transactions: Transactions,
  alone: (work: () => void) => Promise<void>,
  told: (error: unknown) => unknown,
): GroupCommit<Run> {
  let waiting: Waiting<Run>[] = [];

  function together(): void {
    // Who came while others used the connection is taken along.
    const batch = waiting;
    waiting = [];
    try {
      transactions.begin();
      try {
        for (const one of batch) one.write(run);
        transactions.commit();
      } catch (error) {
        if (transactions.isOpen()) transactions.rollback();
        throw error;
      }
    } catch (error) {
      const why = told(error);
      for (const one of batch) one.fail(why);
      return;
    }
    for (const one of batch) one.settle();
  }

  function flush(): void {
    alone(together).catch((error: unknown) => {
      const batch = waiting;
      waiting = [];
      for (const one of batch) one.fail(told(error));
    });
  }

  return {
    commit: (write) =>
      new Promise((resolve, reject) => {
        let settle = (): void => undefined;
        waiting.push({
          write(with_) {
            transactions.savepoint();
            try {
              const { keep, result } = write(with_);
              if (!keep) transactions.rollbackToSavepoint();
              settle = () => resolve(result);
            } catch (error) {
              if (!transactions.isOpen()) throw error;
              transactions.rollbackToSavepoint();
              settle = () => reject(told(error));
            }
            transactions.release();
          },
          settle: () => settle(),
          fail: reject,
        });
        // Requests that came with this one are read in the same turn, before what is set for its end.
        if (waiting.length === 1) setImmediate(flush);
      }),
  };
}
