import { describe, expect, it } from 'vitest';
import { TrustFailed } from '../../../functions/support/errors.ts';
import { failureSchema, rethrow } from '../../../functions/support/failure.ts';

describe('rethrow', () => {
  it('does nothing where another try is left', () => {
    expect(() => rethrow(failureSchema.parse(null))).not.toThrow();
  });

  it.each([
    [
      'DomainJoinFailed',
      '{"errorType":"DomainJoinFailed","errorMessage":"RDS could not."}',
      'RDS could not.',
    ],
    ['NotReady', 'It never was.', 'It never was.'],
    ['States.Timeout', '{"no":"message"}', '{"no":"message"}'],
    ['Lambda.Unknown', '', ''],
  ])('ends with %s and its words', (name, cause, message) => {
    expect(() => rethrow(failureSchema.parse({ error: name, cause }))).toThrow(
      expect.objectContaining({ name, message }),
    );
  });

  it('throws the class that belongs to a name of the closed set', () => {
    expect(() => rethrow({ error: 'TrustFailed', cause: 'No.' })).toThrow(TrustFailed);
  });

  it.each([[{ error: '', cause: 'x' }], [{ error: 'NotReady' }], ['NotReady']])(
    'does not read %j',
    (failure) => {
      expect(failureSchema.safeParse(failure).success).toBe(false);
    },
  );
});
