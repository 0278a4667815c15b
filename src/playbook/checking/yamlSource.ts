/** A YAML file as data, with the line of each place. */
import { isMap, isPair, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { FaultPath } from './faults';

export interface YamlFault {
  readonly line: number;
  readonly reason: string;
}

export type YamlSource =
  | {
      readonly ok: true;
      readonly data: unknown;
      /** The line of a place, or of the nearest existing place around it. Counts from 1. */
      readonly lineOf: (path: FaultPath) => number;
    }
  | { readonly ok: false; readonly faults: readonly YamlFault[] };

/** Reads YAML text. The usual faults say what to do. */
export function readYaml(text: string): YamlSource {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const lineAt = (offset: number) => Math.max(1, lines.linePos(offset).line);

  if (document.errors.length > 0) {
    const faults = document.errors.map((error) => ({
      line: lineAt(error.pos[0]),
      reason: explain(error.code, error.message),
    }));
    return { ok: false, faults };
  }
  try {
    const data: unknown = document.toJS();
    return { ok: true, data, lineOf: (path) => lineAt(offsetOf(document.contents, path)) };
  } catch (error) {
    // Only this call finds aliases that point nowhere or multiply without bound.
    const reason = error instanceof Error ? error.message : String(error);
    return { ok: false, faults: [{ line: 1, reason: `this is not valid YAML: ${reason}` }] };
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
