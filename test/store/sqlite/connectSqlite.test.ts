/** Node must not collect objects of the SQLite binding: see src/store/sqlite/connectSqlite.ts. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { connectSqlite } from '../../../src/store/sqlite/connectSqlite';
import { type TempFolder, tempFolder } from '../harness';

let folder: TempFolder;
beforeEach(() => {
  folder = tempFolder();
});
afterEach(() => folder.remove());

it('keeps connections and statements alive without a reference to them', () => {
  const module = join(__dirname, '../../../src/store/sqlite/connectSqlite.ts');
  const script = `
    const { connectSqlite } = require(${JSON.stringify(module)});
    const left = [];
    for (let round = 0; round < 20; round++) {
      const connection = connectSqlite(':memory:');
      const statement = connection.prepare('select 1');
      statement.get();
      left.push(new WeakRef(connection), new WeakRef(statement), new WeakRef({}));
      connection.close();
    }
    // In another turn, because a WeakRef keeps its target alive until the turn is over.
    setTimeout(() => {
      gc();
      console.log(left.filter((it) => it.deref() === undefined).length + ' of ' + left.length + ' are gone');
    });`;
  const said = execFileSync(process.execPath, ['--expose-gc', '--require', 'tsx/cjs', '--eval', script], {
    encoding: 'utf8',
    cwd: join(__dirname, '../../..'),
  });
  expect(said).toBe('20 of 60 are gone\n');
});

it('prepares a statement once, and runs it any number of times', () => {
  const connection = connectSqlite(folder.file('a.db'));
  connection.exec('create table words (word text)');
  const add = () => connection.prepare('insert into words values (?)');
  expect(add()).toBe(add());
  add().run('one');
  add().run('two');
  expect(connection.prepare('select count(*) as words from words').get()).toEqual({ words: 2 });
  connection.close();
});

it('reads and sets pragmas, each time anew', () => {
  const connection = connectSqlite(folder.file('a.db'));
  const synced = () => connection.pragma('synchronous', { simple: true });
  for (const [word, value] of [
    ['FULL', 2],
    ['NORMAL', 1],
    ['FULL', 2],
  ] as const) {
    connection.pragma(`synchronous = ${word}`);
    expect(synced()).toBe(value);
  }
  expect(connection.pragma('foreign_key_check')).toEqual([]);
  connection.close();
});
