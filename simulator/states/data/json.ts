/** A JSON value: what states hand to each other. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export type JsonObject = Readonly<Record<string, Json>>;

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isArray = (value: Json): value is readonly Json[] => Array.isArray(value);

/** The same value as JSON carries it; undefined where JSON has nothing for it (undefined, a function). */
export const toJson = (value: unknown): Json | undefined => {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map((item: unknown) => toJson(item) ?? null);
  if (!isObject(value) || '_jsonata_function' in value || '_jsonata_lambda' in value) return undefined;
  const entries = Object.entries(value).map(([key, item]) => [key, toJson(item)] as const);
  return Object.fromEntries(entries.filter((entry): entry is [string, Json] => entry[1] !== undefined));
};

/** Reads a text as JSON; throws a SyntaxError where it is none. */
export const parseJson = (text: string): Json => toJson(JSON.parse(text)) ?? null;

/** The name of a value's JSON type. */
export const typeOf = (value: Json): string => {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
};

/** The size AWS counts against its limits: the bytes of the value's JSON in UTF-8. */
export const sizeOf = (value: Json): number => Buffer.byteLength(JSON.stringify(value));
