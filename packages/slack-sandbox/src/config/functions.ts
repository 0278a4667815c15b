import { isObject, type JsonObject, stringOf, stringsOf } from '../json';

export interface FunctionParameter {
  readonly name: string;
  /** `string`, `integer`, `slack#/types/user_id`, … */
  readonly type: string;
  readonly title: string;
  readonly description: string;
  readonly isRequired: boolean;
}

/** A custom step for workflows, from the manifest's `functions`. */
export interface FunctionInfo {
  readonly callbackId: string;
  readonly title: string;
  readonly description: string;
  readonly inputs: readonly FunctionParameter[];
  readonly outputs: readonly FunctionParameter[];
}

/** Reads the `functions` of a manifest, by callback id. */
export function readFunctions(raw: unknown): readonly FunctionInfo[] {
  if (!isObject(raw)) return [];
  return Object.entries(raw).map(([callbackId, value]) => {
    const info = isObject(value) ? value : {};
    return {
      callbackId,
      title: stringOf(info.title) ?? callbackId,
      description: stringOf(info.description) ?? '',
      inputs: readParameters(info.input_parameters),
      outputs: readParameters(info.output_parameters),
    };
  });
}

/**
 * Reads parameters in either form of Slack's documents: a flat map with `is_required` (Bolt's tutorial), or
 * `{properties, required}` (the manifest types of @slack/web-api).
 */
function readParameters(raw: unknown): readonly FunctionParameter[] {
  if (!isObject(raw)) return [];
  const isNested = isObject(raw.properties);
  const properties: JsonObject = isObject(raw.properties) ? raw.properties : raw;
  const required = isNested ? stringsOf(raw.required) : [];
  return Object.entries(properties).flatMap(([name, value]) =>
    isObject(value)
      ? [
          {
            name,
            type: stringOf(value.type) ?? 'string',
            title: stringOf(value.title) ?? name,
            description: stringOf(value.description) ?? '',
            isRequired: value.is_required === true || required.includes(name),
          },
        ]
      : [],
  );
}
