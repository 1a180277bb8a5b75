import { z } from 'zod';
import type { Json } from '../../simulator/states/data/json.ts';

const json: z.ZodType<Json> = z.json();
const text = z.string().min(1);
const call = { service: text, operation: text, input: json };

const answerSchema = z.union([
  z.strictObject({ ...call, output: json }),
  z.strictObject({
    ...call,
    error: z.strictObject({ code: text, message: z.string(), status: z.int() }),
  }),
  /** AWS may have carried it out; its answer never came. */
  z.strictObject({ ...call, lost: z.literal(true) }),
]);
export type RecordedCall = z.output<typeof answerSchema>;

const statementSchema = z.union([
  z.strictObject({
    sql: text,
    columns: z.array(z.string()).optional(),
    rows: z.array(z.array(z.string().nullable())).optional(),
  }),
  z.strictObject({ sql: text, error: z.strictObject({ number: z.int(), message: z.string() }) }),
  /** The database may have carried it out; the session ended before its answer. */
  z.strictObject({ sql: text, lost: z.literal(true) }),
]);
export type RecordedStatement = z.output<typeof statementSchema>;

const connectionSchema = z.strictObject({
  host: text,
  port: z.int(),
  error: z.strictObject({ code: text, message: z.string() }).optional(),
});
export type RecordedConnection = z.output<typeof connectionSchema>;

/** What somebody was told who waits, and the HTTP status it was answered; none where no answer came. */
const putSchema = z.strictObject({ url: text, body: text, status: z.int().optional() });
export type RecordedPut = z.output<typeof putSchema>;

/** One call of a function: what it got, what it asked of AWS and of the database, what it gave back. */
export const recordingSchema = z.strictObject({
  event: json,
  /** What the function took for the present. */
  at: z.iso.datetime(),
  environment: z.record(z.string(), z.string()).optional(),
  calls: z.array(answerSchema),
  connection: connectionSchema.optional(),
  statements: z.array(statementSchema).optional(),
  puts: z.array(putSchema).optional(),
  result: json.optional(),
  error: z.strictObject({ name: text, message: z.string() }).optional(),
});
export type Recording = z.output<typeof recordingSchema>;
