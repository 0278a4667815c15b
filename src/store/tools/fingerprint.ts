/**
 * What a table holds, as a number of rows and one hash, whatever order they are read in: the sum of the hashes of its
 * rows. Two tables have the same only if they hold the same rows equally often.
 */
import { hash } from 'node:crypto';

export type Cell = string | number | null;

export interface Fingerprint {
  readonly rows: number;
  /** 64 hex digits. */
  readonly hash: string;
}

const MODULUS = 1n << 256n;

export class Fingerprinter {
  private rows = 0;
  private sum = 0n;

  add(row: readonly Cell[]): void {
    // JSON keeps cells apart, and numbers from text.
    const digest = hash('sha256', JSON.stringify(row));
    this.sum = (this.sum + BigInt(`0x${digest}`)) % MODULUS;
    this.rows += 1;
  }

  get count(): number {
    return this.rows;
  }

  get result(): Fingerprint {
    return { rows: this.rows, hash: this.sum.toString(16).padStart(64, '0') };
  }
}

export const isSame = (one: Fingerprint, other: Fingerprint): boolean =>
  one.rows === other.rows && one.hash === other.hash;
