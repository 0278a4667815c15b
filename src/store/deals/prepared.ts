/**
 * Queries that Kysely builds and compiles once. Both cost more than it takes to run them, and a click waits for four
 * of them.
 */
import type { Compilable, CompiledQuery } from 'kysely';

/** Stands in the compiled query for the value of this name. */
class Placeholder {
  constructor(readonly name: string) {}
}

/**
 * @param build must not look at the values: it receives placeholders, named as the values of the first call
 * @returns the query with these values; every call must name the same ones
 */
export function prepared<Values extends Readonly<Record<string, unknown>>, Row = unknown>(
  build: (values: Values) => Compilable<Row>,
): (values: Values) => CompiledQuery<Row> {
  let compiled: CompiledQuery<Row> | null = null;
  return (values) => {
    compiled ??= build(placeholdersOf(values)).compile();
    const parameters = compiled.parameters.map((it) => (it instanceof Placeholder ? values[it.name] : it));
    return { ...compiled, parameters };
  };
}

const placeholdersOf = <Values extends Readonly<Record<string, unknown>>>(values: Values): Values =>
  Object.fromEntries(Object.keys(values).map((name) => [name, new Placeholder(name)])) as Values;
