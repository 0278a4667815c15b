/** A YAML file as data, with the line of each place. */
import { isMap, isPair, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { FaultPath } from './faults';

/** A place in a file; both count from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

export interface YamlFault extends Place {
  readonly reason: string;
}

export type YamlSource =
  | {
      readonly ok: true;
      readonly data: unknown;
      /** Where the value of a path begins, or the nearest existing one around it. */
      readonly placeOf: (path: FaultPath) => Place;
    }
  | { readonly ok: false; readonly faults: readonly YamlFault[] };

/** Reads YAML text. The usual faults say what to do. */
export function readYaml(text: string): YamlSource {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };

  if (document.errors.length > 0) {
    const faults = document.errors.map((error) => ({
      ...placeAt(error.pos[0]),
      reason: explain(error.code, error.message),
    }));
    return { ok: false, faults };
  }
  try {
    const data: unknown = document.toJS();
    return { ok: true, data, placeOf: (path) => placeAt(offsetOf(document.contents, path)) };
  } catch (error) {
    // Only this call finds aliases that point nowhere or multiply without bound.
    const reason = error instanceof Error ? error.message : String(error);
    return { ok: false, faults: [{ line: 1, column: 1, reason: `this is not valid YAML: ${reason}` }] };
  }
}

function explain(code: string, message: string): string {
  const first = (message.split('\n')[0] ?? '').replace(/[.:]$/, '');
  if (code === 'DUPLICATE_KEY') return 'this key is there twice: keep one';
  return `this is not valid YAML (${first}): put text that holds “: ”, or begins with { [ " ' # or *, in quotes, and indent with spaces`;
}

function startOf(node: unknown): number | null {
  if (isMap(node) || isSeq(node) || isScalar(node)) return (node as Node).range?.[0] ?? null;
  return null;
}

/** Where a key or list item begins; for a path that leads nowhere, where its last existing part begins. */
function offsetOf(contents: unknown, path: FaultPath): number {
  let node = contents;
  let offset = startOf(contents) ?? 0;
  for (const key of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isPair(item) && isScalar(item.key) && item.key.value === key);
      if (pair === undefined) return offset;
      offset = startOf(pair.key) ?? offset;
      node = pair.value;
    } else if (isSeq(node) && typeof key === 'number') {
      const item = node.items[key];
      if (item === undefined) return offset;
      offset = startOf(item) ?? offset;
      node = item;
    } else {
      return offset;
    }
  }
  return offset;
}
