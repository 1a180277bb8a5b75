import { isArray, type Json, type JsonObject } from '../../simulator/states/data/json.ts';

export const isJsonObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !isArray(value);

/** The value, which must be an object. */
export const objectIn = (value: Json | undefined): JsonObject => {
  if (isJsonObject(value)) return value;
  throw new TypeError(`${JSON.stringify(value)} is no object.`);
};
