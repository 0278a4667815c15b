/**
 * One transaction, and so one sync of the disk, for the commits of all requests that arrive in the same turn of the
 * event loop. Each write has its own savepoint: if one is rolled back or fails alone, the others stand. A commit
 * resolves after the disk has it.
 */

/** The outcome of a write; `keep: false` rolls back whatever it wrote. */
export interface Written<T> {
  readonly keep: boolean;
  readonly result: T;
}

export interface GroupCommit {
  /**
   * Runs `write`, which must be synchronous, together with others.
   * @param canWaitMs a write that can wait begins no transaction before this time, but takes part in the next one
   * @throws what `write` throws, or the reason why the shared transaction failed; nothing of the write is kept then
   */
  commit<T>(write: () => Written<T>, canWaitMs?: number): Promise<T>;
}

/** The transactions of a connection. Each function may throw. */
export interface Transactions {
  begin(): void;
  commit(): void;
  rollback(): void;
  savepoint(): void;
  /** Ends the innermost savepoint. */
  release(): void;
  /** Undoes everything since the innermost savepoint, which stays. */
  rollbackToSavepoint(): void;
  /** False after a full disk or an I/O error: the database has rolled back by itself. */
  isOpen(): boolean;
}

interface Waiting {
  /** Keeps its result, or the reason why it failed alone. @throws when the transaction is lost with it */
  write(): void;
  settle(): void;
  fail(error: unknown): void;
}

/**
 * @param alone runs work while nobody else uses the connection
 * @param explain turns an error of the database into a `StoreError`
 */
export function createGroupCommit(
  transactions: Transactions,
  alone: (work: () => void) => Promise<void>,
  explain: (error: unknown) => unknown,
): GroupCommit {
  let waiting: Waiting[] = [];
  let isDue = false;
  let timer: NodeJS.Timeout | undefined;

  /** Also takes commits that were queued while the connection was busy, and those that can wait. */
  function takeAll(): readonly Waiting[] {
    const batch = waiting;
    waiting = [];
    isDue = false;
    clearTimeout(timer);
    timer = undefined;
    return batch;
  }

  function commitAll(): void {
    const batch = takeAll();
    if (batch.length === 0) return;
    try {
      transactions.begin();
      try {
        for (const one of batch) one.write();
        transactions.commit();
      } catch (error) {
        if (transactions.isOpen()) transactions.rollback();
        throw error;
      }
    } catch (error) {
      const reason = explain(error);
      for (const one of batch) one.fail(reason);
      return;
    }
    for (const one of batch) one.settle();
  }

  function flush(): void {
    alone(commitAll).catch((error: unknown) => {
      for (const one of takeAll()) one.fail(explain(error));
    });
  }

  return {
    commit: (write, canWaitMs) =>
      new Promise((resolve, reject) => {
        let settle = (): void => undefined;
        waiting.push({
          write() {
            transactions.savepoint();
            try {
              const { keep, result } = write();
              if (!keep) transactions.rollbackToSavepoint();
              settle = () => resolve(result);
            } catch (error) {
              if (!transactions.isOpen()) throw error;
              transactions.rollbackToSavepoint();
              settle = () => reject(explain(error));
            }
            transactions.release();
          },
          settle: () => settle(),
          fail: reject,
        });
        if (canWaitMs !== undefined) {
          timer ??= setTimeout(flush, canWaitMs);
          return;
        }
        // Node reads requests that came with this one in the same turn, before it runs this.
        if (!isDue) setImmediate(flush);
        isDue = true;
      }),
  };
}
