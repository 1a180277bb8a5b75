import { JsonCodec2 } from '@smithy/core/protocols';
import type { NormalizedSchema } from '@smithy/core/schema';
import { bytesOf } from './message.ts';
import type { Notation } from './read.ts';
import { ServiceError } from './service-error.ts';
import { bytesFrom, dateFrom } from './simple-text.ts';

const epochSeconds = 7;

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value of a JSON body; an empty one is an empty structure. */
export const parsed = (text: string): unknown => {
  try {
    return text === '' ? {} : JSON.parse(text);
  } catch (cause) {
    throw new ServiceError('SerializationException', `The request's body is no JSON: ${String(cause)}`);
  }
};

const simple = (schema: NormalizedSchema, value: unknown): unknown => {
  if (schema.isDocumentSchema()) return value;
  if (schema.isNumericSchema()) return typeof value === 'number' ? value : undefined;
  if (schema.isBooleanSchema()) return typeof value === 'boolean' ? value : undefined;
  if (schema.isTimestampSchema())
    return typeof value === 'number' || typeof value === 'string' ? dateFrom(value) : undefined;
  if (typeof value !== 'string') return undefined;
  return schema.isBlobSchema() ? bytesFrom(value) : value;
};

const isKept = (schema: NormalizedSchema, value: unknown): boolean =>
  value !== null || schema.getMergedTraits().sparse === 1;

/** JSON, whose members go by the model's own names. */
export const jsonNotation: Notation = {
  codes: { wrong: 'SerializationException', missing: 'ValidationException' },
  isStructure: isRecord,
  member: (value, _schema, name) => (isRecord(value) ? value[name] : undefined),
  items: (list, value) => (Array.isArray(value) ? value.filter((item) => isKept(list, item)) : undefined),
  entries: (map, value) =>
    isRecord(value) ? Object.entries(value).filter(([, item]) => isKept(map, item)) : undefined,
  simple,
};

const serializer = new JsonCodec2({
  timestampFormat: { default: epochSeconds, useTrait: true },
  jsonName: false,
}).createSerializer();

/** Writes a JSON body by its schema. */
export const writeJson = (schema: NormalizedSchema, value: unknown): Uint8Array => {
  if (schema.isDocumentSchema()) return bytesOf(JSON.stringify(value));
  serializer.write(schema, value);
  return serializer.flush();
};
