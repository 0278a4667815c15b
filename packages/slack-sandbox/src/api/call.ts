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

  /** A structured argument: JSON text in a form, or the value itself. `undefined` is also what bad JSON gives. */
  json(name: string): unknown {
    const value = this.raw[name];
    return typeof value === 'string' ? parseJson(value) : value;
  }
}

export interface Call {
  readonly core: Core;
  readonly args: Args;
  /** Whose token it is; one without scopes where a method asks for none. */
  readonly grant: Grant;
  /** Name and password of HTTP Basic, as `oauth.v2.access` takes the client's. */
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

/** @throws SlackError missing_scope with needed and provided, unless one of the scopes is granted. */
export function requireScope({ scopes }: Grant, ...anyOf: readonly string[]): void {
  if (anyOf.some((scope) => scopes.has(scope))) return;
  throw new SlackError('missing_scope', {
    needed: anyOf.join(','),
    provided: [...scopes].join(','),
  });
}
