/**
 * Fingerprint of a table: the number of its rows, and the sum of their hashes, which does not depend on their order.
 * Two tables have the same fingerprint only if they hold the same rows equally often.
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
    // JSON separates the cells, and tells numbers from text.
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
