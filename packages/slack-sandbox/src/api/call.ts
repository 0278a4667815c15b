import type { Core } from '../core';
import { SlackError } from '../errors';
import { type JsonObject, parseJson } from '../json';
import type { Grant } from '../oauth/grants';

/** The arguments of one Web API call, from a form, a query or a JSON body. */
export class Args {
  constructor(private readonly raw: JsonObject) {}

  string(name: string): string | undefined {
    const value = this.raw[name];
    if (typeof value === 'string') return value === '' ? undefined : value;
    return typeof value === 'number' ? String(value) : undefined;
  }

  /** @throws SlackError invalid_arguments, as Slack answers for most methods. */
  required(name: string): string {
    const value = this.string(name);
    if (value === undefined) throw missing(name);
    return value;
  }

  boolean(name: string, otherwise = false): boolean {
    const value = this.raw[name];
    if (value === undefined || value === '') return otherwise;
    return value === true || value === 'true' || value === '1' || value === 1;
  }

  integer(name: string, otherwise: number): number {
    const text = this.string(name);
    if (text === undefined) return otherwise;
    const value = Number(text);
    if (!Number.isInteger(value)) throw invalid(`must provide an integer [json-pointer:/${name}]`);
    return value;
  }

  has(name: string): boolean {
    const value = this.raw[name];
    return value !== undefined && value !== null && value !== '';
  }

  /**
   * A structured argument: the value itself, or parsed from JSON text in a form. `undefined` if it is missing or no
   * JSON.
   */
  json(name: string): unknown {
    const value = this.raw[name];
    return typeof value === 'string' ? parseJson(value) : value;
  }
}

export interface Call {
  readonly core: Core;
  readonly args: Args;
  /** The grant of the calling token. It has no scopes where a method asks for no token. */
  readonly grant: Grant;
  /** Client id and secret from HTTP Basic, as `oauth.v2.access` takes them. */
  readonly basic?: { readonly id: string; readonly secret: string };
}

export type Handler = (call: Call) => JsonObject | Promise<JsonObject>;

export function invalid(...messages: readonly string[]): SlackError {
  return new SlackError('invalid_arguments', {
    response_metadata: { messages: messages.map((text) => `[ERROR] ${text}`) },
  });
}

export function missing(name: string): SlackError {
  return invalid(`missing required field: ${name}`);
}

/** @throws SlackError missing_scope with `needed` and `provided`, unless one of the scopes is granted */
export function requireScope({ scopes }: Grant, ...anyOf: readonly string[]): void {
  if (anyOf.some((scope) => scopes.has(scope))) return;
  throw new SlackError('missing_scope', {
    needed: anyOf.join(','),
    provided: [...scopes].join(','),
  });
}
