/**
 * Encrypts bot tokens at rest: AES-256-GCM with the operator's key. The workspace is authenticated data, so that a row
 * copied to another workspace does not open there.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { STORE_ERRORS, StoreError } from '../errors';

const ALGORITHM = 'aes-256-gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** Version of the format that follows. */
const PREFIX = 'v1:';

export interface Sealer {
  /** @param context the owner of the secret; `open` needs the same */
  seal(secret: string, context: string): string;
  /** @throws {StoreError} `store_bad_key` if it was sealed with another key or for another context */
  open(sealed: string, context: string): string;
}

/**
 * @param encryptionKey 32 bytes as base64 (either alphabet) or as 64 hex digits
 * @throws {StoreError} `store_bad_key`; the message does not repeat the key
 */
export function createSealer(encryptionKey: string): Sealer {
  const key = keyBytes(encryptionKey);
  return {
    seal(secret, context) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES });
      cipher.setAAD(Buffer.from(context));
      const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
      return PREFIX + Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64');
    },
    open(sealed, context) {
      try {
        if (!sealed.startsWith(PREFIX)) throw new Error('unknown format of a sealed token');
        const bytes = Buffer.from(sealed.slice(PREFIX.length), 'base64');
        const nonce = bytes.subarray(0, NONCE_BYTES);
        const decipher = createDecipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES });
        decipher.setAAD(Buffer.from(context));
        decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
        const secret = decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES));
        return Buffer.concat([secret, decipher.final()]).toString('utf8');
      } catch (error) {
        throw new StoreError(
          STORE_ERRORS.BAD_KEY,
          'A bot token in the database does not open with this ENCRYPTION_KEY. Set the key that it was saved with; if that is lost, remove the installation and install the app to the workspace again.',
          { cause: error },
        );
      }
    },
  };
}

function keyBytes(encryptionKey: string): Buffer {
  const text = encryptionKey.trim();
  if (/^[0-9a-f]{64}$/i.test(text)) return Buffer.from(text, 'hex');
  // 43 characters hold 32 bytes; the padding is optional.
  if (/^[\w+/-]{43}=?$/.test(text)) {
    const key = Buffer.from(text, 'base64');
    if (key.length === KEY_BYTES) return key;
  }
  throw new StoreError(
    STORE_ERRORS.BAD_KEY,
    'ENCRYPTION_KEY must be 32 random bytes, written as base64 or as 64 hex digits. Make one with: openssl rand -base64 32',
  );
}
