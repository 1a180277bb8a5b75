import type { NormalizedSchema } from '@smithy/core/schema';
import { isObject, type Json, toJson } from '../../simulator/states/data/json.ts';
import { jsonNotation } from '../../simulator/wire/json-body.ts';
import { readBy } from '../../simulator/wire/read.ts';

const shown = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value));

/** Where two values differ, each as `path: one instead of the other`. */
export const differences = (
  recorded: Json | undefined,
  came: Json | undefined,
  path = '',
): readonly string[] => {
  const below = (name: string | number): string => (path === '' ? String(name) : `${path}.${name}`);
  if (Array.isArray(recorded) && Array.isArray(came))
    return Array.from({ length: Math.max(recorded.length, came.length) }, (_none, index) =>
      differences(recorded[index], came[index], below(index)),
    ).flat();
  if (isObject(recorded) && isObject(came)) {
    const names = [...new Set([...Object.keys(recorded), ...Object.keys(came)])];
    return names.flatMap((name) => differences(toJson(recorded[name]), toJson(came[name]), below(name)));
  }
  return recorded === came ? [] : [`${path || 'it'}: ${shown(came)} instead of ${shown(recorded)}`];
};

/**
 * Reads what is recorded of an input or an output by the SDK's schema. Throws where it has a member that the schema
 * does not know, lacks one that it requires, or has a value of another type; times are ISO 8601 with milliseconds.
 */
export const readRecorded = (schema: NormalizedSchema, recorded: Json): unknown => {
  const read = readBy(jsonNotation, schema, recorded);
  const beyond = differences(toJson(read), recorded);
  if (beyond.length > 0) throw new TypeError(`The schema has ${beyond.join('; ')}.`);
  return read;
};

/** What is to be recorded of an input or an output. */
export const toRecord = (schema: NormalizedSchema, value: unknown): Json => {
  const json = toJson(value) ?? {};
  readRecorded(schema, json);
  return json;
};
