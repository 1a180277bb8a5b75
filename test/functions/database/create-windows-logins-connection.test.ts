import { describe, expect, it, vi } from 'vitest';
import { CertificateAuthority } from '../../../simulator/sql-server/certificate-authority.ts';
import { admins, failureOf, run } from '../../support/making-logins.ts';
import { endpoint, masterUser, sqlInstance } from '../../support/sql-instance.ts';

describe('createWindowsLogins, as to the connection,', () => {
  it('connects to the endpoint of the instance', async () => {
    const instance = await sqlInstance();
    const connect = vi.fn(instance.connect);

    await run(instance, [], { connect });

    expect(connect).toHaveBeenCalledExactlyOnceWith(endpoint, 1433);
  });

  it('waits for a database that refuses connections', async () => {
    const instance = await sqlInstance();
    await instance.server.close();

    const failure = await failureOf(run(instance, [admins]));

    expect(failure.name).toBe('NotReady');
    expect(failure.message).toContain(`The database orders at ${endpoint}:1433 cannot be reached:`);
    expect(failure.message).toContain('ECONNREFUSED');
    expect(failure.message).toContain('security group');
  });

  it.each([
    ['of another authority', {}, new CertificateAuthority().certificatePem],
    ['of another name', { hostName: 'billing.example.com' }, undefined],
  ])(
    'fails where the server shows a certificate %s, and keeps the password to itself',
    async (_, difference, trusted) => {
      const masterPassword = vi.fn(() => masterUser.password);
      const instance = await sqlInstance({ ...difference, masterPassword });

      const failure = await failureOf(
        run({ ...instance, authorities: trusted ?? instance.authorities }, [admins]),
      );

      expect(failure.name).toBe('LoginFailed');
      expect(failure.message).toContain(`No safe connection to the database orders at ${endpoint}:1433:`);
      expect(failure.message).toContain('DATABASE_CA_FILE');
      expect(masterPassword).not.toHaveBeenCalled();
    },
  );

  it.each([
    ['it is done', () => 'found' as const],
    ['it waits', () => 'unknown' as const],
  ])('leaves no connection open when %s', async (_, lookUp) => {
    const instance = await sqlInstance({ lookUp });

    await run(instance, [admins]).catch(() => undefined);

    expect(instance.sockets.map(({ destroyed }) => destroyed)).toEqual([true]);
  });
});
