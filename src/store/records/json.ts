/** JSON in text columns. Reading and writing both check it against a schema, so that nothing unreadable is stored. */
import type * as z from 'zod';
import { toDotPath } from 'zod/v4/core';
import { STORE_ERRORS, StoreError } from '../errors';

/**
 * @param what the record's name in the error: "deal D1 of T1"
 * @throws {StoreError} `store_unreadable`, which names the record and the fields, never their contents
 */
export function readJson<T>(text: string, schema: z.ZodType<T>, what: string): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // No `cause`, because the parser's message quotes the text.
    throw unreadable(what, 'it is not JSON');
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw unreadable(what, faults(parsed.error));
  return parsed.data;
}

/**
 * The text to store. The schemas refuse NaN, and undefined where a value is required, so that what they take comes
 * back from the text as it was.
 *
 * @throws {StoreError} `store_unreadable`
 */
export function writeJson<T>(value: T, schema: z.ZodType<T>, what: string): string {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw unreadable(what, faults(parsed.error));
  return JSON.stringify(value);
}

export function unreadable(what: string, why: string): StoreError {
  return new StoreError(
    STORE_ERRORS.UNREADABLE,
    `The record of ${what} does not have the form that this version of Lostdeal reads and writes: ${why}.`,
  );
}

/** Paths and codes only, because zod's messages may quote what customers said. */
function faults(error: z.ZodError): string {
  return error.issues
    .slice(0, 5)
    .map((issue) => `${issue.path.length === 0 ? 'the whole' : toDotPath(issue.path)} (${issue.code})`)
    .join(', ');
}
