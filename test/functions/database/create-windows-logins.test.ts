import { describe, expect, it } from 'vitest';
import { admins, after, failureOf, readers, run } from '../../support/making-logins.ts';
import { sqlInstance } from '../../support/sql-instance.ts';

describe('createWindowsLogins', () => {
  it('makes the logins in the order of the request, with their server roles', async () => {
    const instance = await sqlInstance();

    const output = await run(instance, [readers, admins]);

    expect(output).toEqual({
      logins: ['CORP\\Readers', 'CORP\\DBAdmins'],
      created: ['CORP\\Readers', 'CORP\\DBAdmins'],
    });
    expect(instance.server.logins).toEqual([readers, admins]);
  });

  it('changes nothing when it is called again', async () => {
    const instance = await sqlInstance();
    const first = await run(instance, [admins, readers]);

    const second = await run(instance, [admins, readers]);

    expect(second).toEqual(first);
    expect(instance.server.logins).toEqual([admins, readers]);
  });

  it.each([
    ['made those that came after they were entered', 120, ['CORP\\DBAdmins', 'CORP\\Readers']],
    ['did not make what was there when it was entered', 121, ['CORP\\Readers']],
  ])('knows that the request %s', async (_, seconds, created) => {
    let now = 0;
    const instance = await sqlInstance({ now: () => now });
    await run(instance, [admins]);
    now = seconds * 1000;

    const output = await run(instance, [admins, readers], { now: after(2) });

    expect(output).toEqual({ logins: ['CORP\\DBAdmins', 'CORP\\Readers'], created });
  });

  it('adds the roles that a login lacks, and takes none away', async () => {
    const instance = await sqlInstance();
    await run(instance, [{ ...admins, serverRoles: ['setupadmin'] }]);

    const output = await run(instance, [
      { name: 'corp\\dbadmins', serverRoles: ['ProcessAdmin'] },
      { ...readers, serverRoles: ['setupadmin'] },
    ]);

    expect(output).toMatchObject({ created: ['corp\\dbadmins', 'CORP\\Readers'] });
    expect(instance.server.logins).toEqual([
      { name: 'CORP\\DBAdmins', serverRoles: ['setupadmin', 'processadmin'] },
      { name: 'CORP\\Readers', serverRoles: ['setupadmin'] },
    ]);
  });

  it.each([
    "CORP\\O'Brien",
    'CORP\\a]b',
    "CORP\\'; DROP LOGIN [sa]; --",
    'CORP\\Domain Users',
    'CORP\\Jörg Жанна 🦉',
  ])('makes %s a login under that very name', async (name) => {
    const instance = await sqlInstance();
    const login = { name, serverRoles: ['setupadmin'] };

    await run(instance, [login]);
    await run(instance, [login]);

    expect(instance.server.logins).toEqual([login]);
  });

  it('goes on where it was interrupted between a login and its roles', async () => {
    const instance = await sqlInstance({
      lookUp() {
        for (const socket of instance.sockets) socket.destroy();
        return 'found';
      },
    });

    const failure = await failureOf(run(instance, [admins]));
    const between = instance.server.logins;
    const output = await run(instance, [admins]);

    expect(failure).toMatchObject({ name: 'NotReady', message: expect.stringContaining('CORP\\DBAdmins') });
    expect(between).toEqual([{ ...admins, serverRoles: [] }]);
    expect(output).toEqual({ logins: ['CORP\\DBAdmins'], created: ['CORP\\DBAdmins'] });
    expect(instance.server.logins).toEqual([admins]);
  });

  it('fails where SQL Server refuses a role', async () => {
    const instance = await sqlInstance();

    const failure = await failureOf(run(instance, [{ ...admins, serverRoles: ['sysadmin'] }]));

    expect(failure.name).toBe('LoginFailed');
    expect(failure.message).toBe(
      "SQL Server refused the login CORP\\DBAdmins: error 15151, Cannot alter the server role 'sysadmin', because it does not exist or you do not have permission. Mend what that names, or start a new execution with another name or other server roles.",
    );
  });
});
