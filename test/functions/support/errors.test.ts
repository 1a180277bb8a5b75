import { describe, expect, it } from 'vitest';
import {
  CommandFailed,
  Conflict,
  DatabaseFailed,
  DirectoryFailed,
  DomainJoinFailed,
  Forbidden,
  InvalidRequest,
  isStepError,
  isStepErrorName,
  LoginFailed,
  NotReady,
  PreflightFailed,
  RemovalDue,
  stepError,
  Throttled,
  TrustFailed,
} from '../../../functions/support/errors.ts';

const classes = [
  ['NotReady', NotReady],
  ['RemovalDue', RemovalDue],
  ['InvalidRequest', InvalidRequest],
  ['Forbidden', Forbidden],
  ['PreflightFailed', PreflightFailed],
  ['Conflict', Conflict],
  ['DirectoryFailed', DirectoryFailed],
  ['CommandFailed', CommandFailed],
  ['TrustFailed', TrustFailed],
  ['DatabaseFailed', DatabaseFailed],
  ['DomainJoinFailed', DomainJoinFailed],
  ['LoginFailed', LoginFailed],
  ['Throttled', Throttled],
] as const;

describe('errors', () => {
  it.each(classes)('%s has its name by a literal, a message and a cause', (name, StepError) => {
    const cause = new Error('why');

    const error = new StepError('what', { cause });

    expect(error).toMatchObject({ name, message: 'what', cause });
    expect(error).toBeInstanceOf(Error);
    expect(isStepError(error)).toBe(true);
    expect(isStepErrorName(name)).toBe(true);
    // A minifier renames the class, not the name.
    expect(Object.hasOwn(error, 'name')).toBe(true);
  });

  it.each(classes)('makes %s again by its name', (name, StepError) => {
    const error = stepError(name, 'as before');

    expect(error).toBeInstanceOf(StepError);
    expect(error.message).toBe('as before');
  });

  it.each(['Error', 'toString', '__proto__', 'notReady', ''])('knows no %s', (name) => {
    expect(isStepErrorName(name)).toBe(false);
    expect(isStepError(Object.assign(new Error('other'), { name }))).toBe(false);
  });

  it('takes nothing for an error that is none', () => {
    expect(isStepError({ name: 'NotReady', message: '' })).toBe(false);
  });
});
