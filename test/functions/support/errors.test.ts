import { describe, expect, it } from 'vitest';
import * as errors from '../../../functions/support/errors.ts';

const { isStepError, isStepErrorName, stepError } = errors;
const names = [
  'NotReady',
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

describe('errors', () => {
  it.each(names)('%s has its name by a literal, a message and a cause', (name) => {
    const cause = new Error('why');

    const error = new errors[name]('what', { cause });

    expect(error).toMatchObject({ name, message: 'what', cause });
    expect(error).toBeInstanceOf(Error);
    expect(isStepError(error)).toBe(true);
    expect(isStepErrorName(name)).toBe(true);
    // A minifier renames the class, not the name.
    expect(Object.hasOwn(error, 'name')).toBe(true);
  });

  it.each(names)('makes %s again by its name', (name) => {
    const error = stepError(name, 'as before');

    expect(error).toBeInstanceOf(errors[name]);
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
