import type { NormalizedSchema } from '@smithy/core/schema';

const base64 = /^[A-Za-z0-9+/]*={0,2}$/;
const epochSeconds = /^-?\d+(\.\d+)?$/;

/** The bytes that base64 stands for; `undefined` where it is not base64. */
export const bytesFrom = (text: string): Uint8Array | undefined =>
  base64.test(text) ? new Uint8Array(Buffer.from(text, 'base64')) : undefined;

/** A date from seconds since 1970 or from any of AWS's textual forms; `undefined` where it is neither. */
export const dateFrom = (value: string | number): Date | undefined => {
  const isEpoch = typeof value === 'number' || epochSeconds.test(value);
  const date = isEpoch ? new Date(Math.round(Number(value) * 1000)) : new Date(value);
  return Number.isNaN(date.getTime()) ? undefined : date;
};

const numberFrom = (text: string): number | undefined => {
  const number = Number(text);
  return text.trim() === '' || Number.isNaN(number) ? undefined : number;
};

/** A simple value written as text: in a form, a header, a query or a path. */
export const simpleFromText = (schema: NormalizedSchema, text: string): unknown => {
  if (schema.isNumericSchema()) return numberFrom(text);
  if (schema.isBooleanSchema()) return text === 'true' ? true : text === 'false' ? false : undefined;
  if (schema.isTimestampSchema()) return dateFrom(text);
  return schema.isBlobSchema() ? bytesFrom(text) : text;
};
