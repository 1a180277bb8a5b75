import { z } from 'zod';

/** What `--json` prints: always exactly one such object. */
export interface Outcome {
  readonly status: 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED' | 'REFUSED' | 'RUNNING';
  /** A name of the closed set, or null. */
  readonly error: string | null;
  /** Sentences for people, or null. */
  readonly cause: string | null;
  readonly output: unknown;
  readonly execution: string | null;
  readonly virtualSeconds: number;
  /** What only the account itself can count is null for a remote one. */
  readonly transitions: number | null;
  readonly invocations: number | null;
  readonly apiCalls: number | null;
  readonly writes: number | null;
}

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

/** What explain-execution answers. */
export const explanationSchema = z.object({
  status: z.enum(['SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED', 'RUNNING']),
  error: z.string().nullable(),
  cause: z.string().nullable(),
});
