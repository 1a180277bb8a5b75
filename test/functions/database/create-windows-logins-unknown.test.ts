import { describe, expect, it } from 'vitest';
import { admins, after, failureOf, readers, run } from '../../support/making-logins.ts';
import { sqlInstance } from '../../support/sql-instance.ts';

describe('createWindowsLogins, where SQL Server does not find a name,', () => {
  it.each(['unknown', 'unreachable'] as const)(
    'waits for ten minutes after the verification: %s',
    async (answer) => {
      const instance = await sqlInstance({ lookUp: (name) => (name === readers.name ? 'found' : answer) });

      const failure = await failureOf(run(instance, [readers, admins], { now: after(9.99) }));

      expect(failure.name).toBe('NotReady');
      expect(failure.message).toBe(
        "SQL Server does not find CORP\\DBAdmins: error 15401, Windows NT user or group 'CORP\\DBAdmins' not found. Check the name again. The trust with corp.example.com was verified 9 minutes ago and may still be replicating; after 10 minutes this counts as a failure.",
      );
      expect(instance.server.logins).toEqual([readers]);
    },
  );

  it('fails from then on, naming the login, the trust and what to look at', async () => {
    const instance = await sqlInstance({ lookUp: () => 'unknown' });

    const failure = await failureOf(run(instance, [admins], { now: after(10) }));

    expect(failure.name).toBe('LoginFailed');
    expect(failure.message).toBe(
      "SQL Server does not find CORP\\DBAdmins: error 15401, Windows NT user or group 'CORP\\DBAdmins' not found. Check the name again. The trust with corp.example.com was verified 10 minutes ago. Look whether a user or group of that name exists in CORP, whether the trust still verifies and, where it authenticates selectively, whether the instance's computer object is allowed to authenticate; then redrive the execution.",
    );
  });

  it('succeeds once the name has arrived', async () => {
    let known = false;
    const instance = await sqlInstance({ lookUp: () => (known ? 'found' : 'unknown') });
    await failureOf(run(instance, [admins]));

    known = true;
    await run(instance, [admins]);

    expect(instance.server.logins).toEqual([admins]);
  });
});
