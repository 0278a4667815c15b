/**
 * Built-in files that the build has read and checked, so that a start does neither: reading YAML and proving every path
 * is a fifth of a start. A file whose text has changed since is read and checked at start.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The content of each file, by the hash of its text. */
export type Proven = Readonly<Record<string, unknown>>;

/** Written by the build. */
export const PROVEN_FILE = 'provenPlaybooks.json';

/** What the build left beside the code that runs; nothing where code runs without a build. */
export function readProven(): Proven {
  const path = join(__dirname, PROVEN_FILE);
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Proven) : {};
}

export const textHash = (text: string): string => createHash('sha256').update(text).digest('hex');
