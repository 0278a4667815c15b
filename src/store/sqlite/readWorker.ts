/**
 * Runs in a thread of its own: reads figures from the SQLite file, so that a question over a million deals keeps no click
 * waiting. It cannot write.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { connectSqlite } from './connectSqlite';
import { sqliteCode } from './errors';
import type { Answer, Asked } from './readThread';

const connection = connectSqlite(String(workerData), { readonly: true, fileMustExist: true, timeout: 5_000 });

parentPort?.on('message', (asked: Asked) => {
  if (asked === 'close') {
    connection.close();
    parentPort?.close();
    return;
  }
  parentPort?.postMessage(answerTo(asked));
});

function answerTo({ id, sql, parameters }: Exclude<Asked, 'close'>): Answer {
  try {
    return { id, ok: true, rows: connection.prepare(sql).all(...parameters) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { id, ok: false, message, code: sqliteCode(error) };
  }
}
