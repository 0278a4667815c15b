import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { openStore } from '../../../src/store/open';
import { connectSqlite } from '../../../src/store/sqlite/connectSqlite';
import type { Installation } from '../../../src/store/store';
import { createSealer } from '../../../src/store/workspace/secrets';
import { ACME, GLOBEX } from '../builder';
import { codeOf, type TempFolder, tempFolder } from '../harness';

const KEY = randomBytes(32);
const encryptionKey = KEY.toString('base64');
const TOKEN = 'xoxb-123-very-secret';

const installation: Installation = {
  tenant: ACME,
  botToken: TOKEN,
  botId: 'B1',
  botUserId: 'U1',
  appId: 'A1',
  teamName: 'Acme',
  channel: null,
};

describe('a sealer', () => {
  it.each([
    ['base64', KEY.toString('base64')],
    ['base64 without padding', KEY.toString('base64').replace('=', '')],
    ['base64 for URLs', KEY.toString('base64url')],
    ['hex', KEY.toString('hex')],
    ['hex in capitals, with blanks around', ` ${KEY.toString('hex').toUpperCase()}\n`],
  ])('takes a key as %s', (_form, key) => {
    expect(createSealer(key).open(createSealer(encryptionKey).seal('x', 'here'), 'here')).toBe('x');
  });

  it.each(['', 'secret', KEY.subarray(1).toString('base64'), KEY.toString('hex').slice(2), 'é'.repeat(32)])(
    'refuses %j as a key, without repeating it',
    (key) => {
      expect(() => createSealer(key)).toThrow('openssl rand -base64 32');
      if (key !== '') expect(() => createSealer(key)).not.toThrow(key);
    },
  );

  it('opens what it sealed, and seals differently each time', () => {
    const sealer = createSealer(encryptionKey);
    const sealed = sealer.seal('töken 🔑', 'here');
    expect(sealed).not.toBe(sealer.seal('töken 🔑', 'here'));
    expect(sealer.open(sealed, 'here')).toBe('töken 🔑');
  });

  it('refuses a token that was changed, copied to another workspace, cut off, or sealed with another key', () => {
    const sealer = createSealer(encryptionKey);
    const sealed = sealer.seal(TOKEN, 'here');
    const changed = sealed.slice(0, -4) + (sealed.endsWith('AAA=') ? 'BBB=' : 'AAA=');
    const other = createSealer(randomBytes(32).toString('hex'));
    const attempts = [
      () => sealer.open(changed, 'here'),
      () => sealer.open(sealed, 'there'),
      () => sealer.open(sealed.slice(0, 20), 'here'),
      () => sealer.open('v1:', 'here'),
      () => sealer.open(TOKEN, 'here'),
      () => other.open(sealed, 'here'),
    ];
    for (const attempt of attempts) expect(attempt).toThrow('does not open with this ENCRYPTION_KEY');
  });
});

describe('bot tokens in the database', () => {
  let folder: TempFolder;
  beforeEach(() => {
    folder = tempFolder();
  });
  afterEach(() => folder.remove());

  /** Content of all files of the database. Only for a closed one: see `lock.ts` on closing descriptors. */
  function onDisk(): string {
    return readdirSync(folder.path)
      .map((name) => readFileSync(folder.file(name), 'latin1'))
      .join('');
  }

  async function save(key?: string): Promise<void> {
    const store = await openStore(folder.url('a.db'), { encryptionKey: key });
    await store.workspace.saveInstallation(installation);
    await store.close();
  }

  async function read(key?: string): Promise<Installation | null> {
    const store = await openStore(folder.url('a.db'), { encryptionKey: key });
    const found = await store.workspace.installation(ACME);
    await store.close();
    return found;
  }

  it('are encrypted with a key, and read back unchanged', async () => {
    await save(encryptionKey);
    expect(onDisk()).not.toContain(TOKEN);
    expect(await read(encryptionKey)).toEqual(installation);
  });

  it('are plain without a key', async () => {
    await save();
    expect(onDisk()).toContain(TOKEN);
    expect(await read()).toEqual(installation);
  });

  it('are encrypted at the next start after a key was set, and leave no plain copy', async () => {
    await save();
    expect(await read(encryptionKey)).toEqual(installation);
    expect(onDisk()).not.toContain(TOKEN);
    expect(await read(encryptionKey)).toEqual(installation);
  });

  it('stop the start when the key is missing, wrong or malformed', async () => {
    await save(encryptionKey);
    const missing = read();
    expect(await codeOf(missing)).toBe('store_bad_key');
    await expect(missing).rejects.toThrow('ENCRYPTION_KEY is not set');
    const wrong = read(randomBytes(32).toString('hex'));
    expect(await codeOf(wrong)).toBe('store_bad_key');
    expect(await codeOf(read('too short'))).toBe('store_bad_key');
    expect(await read(encryptionKey)).toEqual(installation);
  });

  it('do not open in the row of another workspace', async () => {
    await save(encryptionKey);
    const file = connectSqlite(folder.file('a.db'));
    file
      .prepare('update installations set enterprise_id = ?, team_id = ?')
      .run(GLOBEX.enterpriseId, GLOBEX.teamId);
    file.close();
    expect(await codeOf(read(encryptionKey))).toBe('store_bad_key');
  });

  it('that are empty, because the token is in the environment, need no key', async () => {
    const store = await openStore(folder.url('a.db'), { encryptionKey });
    await store.workspace.saveInstallation({ ...installation, botToken: '' });
    await store.close();
    expect(await read()).toEqual({ ...installation, botToken: '' });
  });
});
