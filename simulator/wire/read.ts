import type { NormalizedSchema } from '@smithy/core/schema';
import { ServiceError } from './service-error.ts';

/** How a protocol writes a request down; `undefined` where a value is not written that way. */
export interface Notation {
  /** The code of an answer to a value of the wrong type, and to a required member that is not there. */
  readonly codes: { readonly wrong: string; readonly missing: string };
  isStructure(value: unknown): boolean;
  member(structure: unknown, schema: NormalizedSchema, name: string): unknown;
  items(list: NormalizedSchema, value: unknown): readonly unknown[] | undefined;
  entries(map: NormalizedSchema, value: unknown): readonly (readonly [string, unknown])[] | undefined;
  simple(schema: NormalizedSchema, value: unknown): unknown;
}

const requiredOf = (schema: NormalizedSchema): readonly string[] => {
  const structure = schema.getSchema();
  if (typeof structure !== 'object' || structure[0] !== 3) return [];
  return structure[4].slice(0, structure[6] ?? 0);
};

/** Reads a request's data by its schema; members that the schema does not know are passed over, as AWS does. */
export const readBy = (notation: Notation, schema: NormalizedSchema, value: unknown, path = ''): unknown => {
  const wrong = (expected: string): ServiceError =>
    new ServiceError(notation.codes.wrong, `${path || 'The request'} must be ${expected}.`);
  const below = (name: string | number): string => (path === '' ? String(name) : `${path}.${name}`);

  if (schema.isUnitSchema()) return {};
  if (schema.isStructSchema()) {
    if (!notation.isStructure(value)) throw wrong('a structure');
    const structure: Record<string, unknown> = {};
    for (const [name, member] of schema.structIterator()) {
      const given = notation.member(value, member, name);
      if (given !== undefined && given !== null)
        structure[name] = readBy(notation, member, given, below(name));
    }
    const missing = requiredOf(schema).filter((name) => !Object.hasOwn(structure, name));
    if (missing.length === 0) return structure;
    throw new ServiceError(
      notation.codes.missing,
      `The request must contain the parameter ${missing.map(below).join(', ')}.`,
    );
  }
  if (schema.isListSchema()) {
    const items = notation.items(schema, value);
    if (items === undefined) throw wrong('a list');
    const item = schema.getValueSchema();
    return items.map((each, index) => (each === null ? null : readBy(notation, item, each, below(index))));
  }
  if (schema.isMapSchema()) {
    const entries = notation.entries(schema, value);
    if (entries === undefined) throw wrong('a map');
    const entry = schema.getValueSchema();
    return Object.fromEntries(
      entries.map(([key, each]) => [key, each === null ? null : readBy(notation, entry, each, below(key))]),
    );
  }
  const simple = notation.simple(schema, value);
  if (simple === undefined) throw wrong(kindOf(schema));
  return simple;
};

const kindOf = (schema: NormalizedSchema): string => {
  if (schema.isNumericSchema()) return 'a number';
  if (schema.isBooleanSchema()) return 'true or false';
  if (schema.isTimestampSchema()) return 'a point in time';
  return schema.isBlobSchema() ? 'base64' : 'a string';
};
