import { isObject, type JsonObject } from '../json';

/** Slack's app surfaces. Each allows other blocks and elements. */
export type BlockSurface = 'message' | 'modal' | 'home';

/** Collects faults in the words and with the JSON pointers of Slack's `response_metadata.messages`. */
export class Report {
  private readonly faults: string[] = [];

  constructor(readonly surface: BlockSurface) {}

  add(message: string, pointer: string): void {
    this.faults.push(`[ERROR] ${message} [json-pointer:${pointer}]`);
  }

  get messages(): readonly string[] {
    return this.faults;
  }

  /** Adds the faults of another report of the same surface. */
  addAll(other: Report): void {
    this.faults.push(...other.messages);
  }
}

/** Reports the faults of a value that stands at a JSON pointer. */
export type Check = (value: unknown, at: string, report: Report) => void;

/** Where Slack has several schemas for one place, it first reports that none of them matches, then the faults. */
export function anySchema(check: Check): Check {
  return (value, at, report) => {
    const own = new Report(report.surface);
    check(value, at, own);
    if (own.messages.length > 0) report.add('failed to match all allowed schemas', at);
    report.addAll(own);
  };
}

/** Least and greatest number of characters or items, or value of a number. */
export interface Range {
  readonly min?: number;
  readonly max?: number;
}

export function string({
  min = 0,
  max = Number.POSITIVE_INFINITY,
  like,
}: Range & { readonly like?: RegExp } = {}): Check {
  return (value, at, report) => {
    if (typeof value !== 'string') return report.add('must provide a string', at);
    if (value.length < min) report.add(`must be more than ${min - 1} characters`, at);
    if (value.length > max) report.add(`must be less than ${max + 1} characters`, at);
    if (like !== undefined && !like.test(value)) report.add('invalid format', at);
  };
}

/** A link with a scheme. */
export function url({ max = 3000, https = false }: { max?: number; https?: boolean } = {}): Check {
  const length = string({ max });
  return (value, at, report) => {
    length(value, at, report);
    if (typeof value !== 'string') return;
    if (!URL.canParse(value) || (https && !value.startsWith('https:'))) report.add('invalid url', at);
  };
}

export function integer({
  min = Number.NEGATIVE_INFINITY,
  max = Number.POSITIVE_INFINITY,
}: Range = {}): Check {
  return (value, at, report) => {
    if (typeof value !== 'number' || !Number.isInteger(value))
      return report.add('must provide an integer', at);
    if (value < min) report.add(`must be at least ${min}`, at);
    if (value > max) report.add(`must be at most ${max}`, at);
  };
}

export const number: Check = (value, at, report) => {
  if (typeof value !== 'number' || !Number.isFinite(value)) report.add('must provide a number', at);
};

export const boolean: Check = (value, at, report) => {
  if (typeof value !== 'boolean') report.add('must provide a boolean', at);
};

export function oneOf(...allowed: readonly (string | number)[]): Check {
  return (value, at, report) => {
    if (!allowed.some((item) => item === value)) report.add('must be a valid enum value', at);
  };
}

export function list(item: Check, { min = 0, max = Number.POSITIVE_INFINITY }: Range = {}): Check {
  return (value, at, report) => {
    if (!Array.isArray(value)) return report.add('must provide an array', at);
    if (value.length < min) report.add(`no fewer than ${min} items allowed`, at);
    if (value.length > max) report.add(`no more than ${max} items allowed`, at);
    value.forEach((entry, index) => {
      item(entry, `${at}/${index}`, report);
    });
  };
}

/** Accepts null, or what the check accepts. */
export function nullable(check: Check): Check {
  return (value, at, report) => {
    if (value !== null) check(value, at, report);
  };
}

export type Fields = Readonly<Record<string, Check>>;

/** Checks an object: all required fields, any of the optional ones, no other. */
export function object(
  required: Fields,
  optional: Fields = {},
  also?: (value: JsonObject, at: string, report: Report) => void,
): Check {
  return (value, at, report) => {
    if (!isObject(value)) return report.add('must provide an object', at);
    for (const [key, check] of Object.entries(required)) {
      if (value[key] === undefined || value[key] === null) report.add(`missing required field: ${key}`, at);
      else check(value[key], `${at}/${key}`, report);
    }
    for (const [key, item] of Object.entries(value)) {
      if (key in required) continue;
      const check = optional[key];
      if (check === undefined) report.add(`invalid additional property: ${key}`, at);
      else if (item !== undefined && item !== null) check(item, `${at}/${key}`, report);
    }
    also?.(value, at, report);
  };
}

/** Chooses the check by the object's `type`. */
export function byType(table: Readonly<Record<string, Check>>): Check {
  return (value, at, report) => {
    if (!isObject(value)) return report.add('must provide an object', at);
    const { type } = value;
    if (typeof type !== 'string') return report.add('missing required field: type', at);
    const check = Object.hasOwn(table, type) ? table[type] : undefined;
    if (check === undefined) return report.add(`unsupported type: ${type}`, `${at}/type`);
    check(value, at, report);
  };
}
