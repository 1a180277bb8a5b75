import { describe, expect, it } from 'vitest';
import { ServiceError } from '../../../simulator/wire/service-error.ts';
import { admins, failureOf, run, secretArn } from '../../support/making-logins.ts';
import { endpoint, masterUser, sqlInstance } from '../../support/sql-instance.ts';

describe('createWindowsLogins, as to the secret of the master user,', () => {
  it('fails where the password is not the present one, and names the secret', async () => {
    const instance = await sqlInstance();
    const outdated = JSON.stringify({ ...masterUser, password: 'S3cret-of-yesterday' });

    const failure = await failureOf(run(instance, [admins], { secret: () => outdated }));

    expect(failure.name).toBe('LoginFailed');
    expect(failure.message).toBe(
      `The database orders at ${endpoint}:1433 refused its master user: Login failed for user 'admin'. Look whether the secret ${secretArn} holds its present password, then redrive the execution.`,
    );
  });

  it.each([
    ['no JSON', 'S3cret-of-the-master'],
    ['a JSON text', '"S3cret-of-the-master"'],
    ['no password', '{"username":"admin","secret":"S3cret-of-the-master"}'],
    ['nothing', undefined],
  ])('fails where the secret holds %s, and quotes nothing of it', async (_, content) => {
    const failure = await failureOf(run(await sqlInstance(), [admins], { secret: () => content }));

    expect(failure.name).toBe('LoginFailed');
    expect(failure.message).toContain(`The master user's secret ${secretArn} is no JSON object`);
    expect(JSON.stringify([failure.message, failure.stack, failure.cause])).not.toContain('S3cret');
  });

  it.each([
    [
      'ResourceNotFoundException',
      'LoginFailed',
      `The master user's secret ${secretArn} cannot be read: No luck.`,
    ],
    [
      'InvalidRequestException',
      'LoginFailed',
      `The master user's secret ${secretArn} cannot be read: No luck.`,
    ],
    ['DecryptionFailure', 'LoginFailed', `The master user's secret ${secretArn} cannot be read: No luck.`],
    ['AccessDeniedException', 'Forbidden', 'No luck.'],
    ['ThrottlingException', 'Throttled', 'No luck.'],
  ])('names what becomes of %s', async (code, name, message) => {
    const secret = () => {
      throw new ServiceError(code, 'No luck.');
    };

    const failure = await failureOf(run(await sqlInstance(), [admins], { secret }));

    expect(failure).toMatchObject({ name, message: expect.stringContaining(message) });
  });
});
