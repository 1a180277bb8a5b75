import { z } from 'zod';

/** The closed set of errors that a step ends with. */
const errorNames = [
  'NotReady',
  'RemovalDue',
  'InvalidRequest',
  'Forbidden',
  'PreflightFailed',
  'Conflict',
  'DirectoryFailed',
  'CommandFailed',
  'TrustFailed',
  'DatabaseFailed',
  'DomainJoinFailed',
  'LoginFailed',
  'Throttled',
] as const;

const count = z.int().nonnegative().nullable();
const ends = ['SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED', 'RUNNING'] as const;

/** What `--json` prints: always exactly one such object. */
export const outcomeSchema = z.strictObject({
  status: z.enum([...ends, 'REFUSED']),
  /** Null also where AWS ended it under a name of its own, which the cause then tells. */
  error: z.enum(errorNames).nullable(),
  /** Sentences for people. */
  cause: z.string().min(1).nullable(),
  output: z.unknown(),
  execution: z.string().nullable(),
  virtualSeconds: z.number().nonnegative(),
  /** What only the account itself can count is null for an execution in AWS. */
  transitions: count,
  invocations: count,
  apiCalls: count,
  writes: count,
});
export type Outcome = Readonly<z.output<typeof outcomeSchema>>;

export const refusedOutcome = (cause: string): Outcome => ({
  status: 'REFUSED',
  error: null,
  cause,
  output: null,
  execution: null,
  virtualSeconds: 0,
  transitions: 0,
  invocations: 0,
  apiCalls: 0,
  writes: 0,
});

/** Milliseconds in seconds, to the tenth. */
export const seconds = (milliseconds: number): number => Math.round(milliseconds / 100) / 10;

/** Of an execution that was started and could not be followed to its end. */
export const startedOutcome = (execution: string, cause: string, milliseconds: number): Outcome => ({
  status: 'RUNNING',
  error: null,
  cause: `${cause} The execution goes on; forestbridge explain ${execution} tells how it stands.`,
  output: null,
  execution,
  virtualSeconds: seconds(milliseconds),
  transitions: null,
  invocations: null,
  apiCalls: null,
  writes: null,
});

/** What explain-execution answers. */
export const explanationSchema = z.object({
  status: z.preprocess((status) => (status === 'PENDING_REDRIVE' ? 'RUNNING' : status), z.enum(ends)),
  error: z.enum(errorNames).nullable().catch(null),
  cause: z.string().nullable(),
});
