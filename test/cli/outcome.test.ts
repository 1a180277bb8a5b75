import { describe, expect, it } from 'vitest';
import { explanationSchema, outcomeSchema, refusedOutcome, seconds } from '../../cli/outcome.ts';
import * as errors from '../../functions/support/errors.ts';

const stepErrors = Object.keys(errors).filter((name) => errors.isStepErrorName(name));

describe('an outcome', () => {
  it.each(stepErrors)('may have the error %s', (error) => {
    const outcome = { ...refusedOutcome('It failed.'), status: 'FAILED', error };

    expect(outcomeSchema.parse(outcome)).toEqual(outcome);
  });

  it('has no other error, and no other field', () => {
    const outcome = refusedOutcome('It was refused.');

    expect(outcomeSchema.safeParse({ ...outcome, error: 'States.Timeout' }).success).toBe(false);
    expect(outcomeSchema.safeParse({ ...outcome, more: 1 }).success).toBe(false);
  });

  it('counts seconds to the tenth', () => {
    expect(seconds(3_428_051.655_517_578)).toBe(3428.1);
  });
});

describe('an explanation', () => {
  it('keeps the names of the closed set and tells any other one in its cause only', () => {
    const explanation = { status: 'FAILED', error: 'TrustFailed', cause: 'It failed with States.Timeout.' };

    expect(explanationSchema.parse(explanation)).toEqual(explanation);
    expect(explanationSchema.parse({ ...explanation, error: 'States.Timeout' })).toEqual({
      ...explanation,
      error: null,
    });
  });

  it('of what waits for its redrive is that of what is running', () => {
    expect(explanationSchema.parse({ status: 'PENDING_REDRIVE', error: null, cause: null }).status).toBe(
      'RUNNING',
    );
  });
});
