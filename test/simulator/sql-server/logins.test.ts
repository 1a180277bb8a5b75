import { describe, expect, it, vi } from 'vitest';
import { addTo, create, find } from '../../support/login-statements.ts';
import { openSession, sqlInstance } from '../../support/sql-instance.ts';

describe('SqlServer', () => {
  it('keeps the Windows logins and their server roles', async () => {
    const instance = await sqlInstance();
    const session = await openSession(instance);

    await session.query(create('CORP\\Admins'));
    await session.query(create('CORP\\Readers'));
    await session.query(addTo('setupadmin', 'CORP\\Admins'));
    await session.query(addTo('ProcessAdmin', 'corp\\admins'));
    await session.query(addTo('setupadmin', 'CORP\\Admins'));

    expect(instance.server.logins).toEqual([
      { name: 'CORP\\Admins', serverRoles: ['setupadmin', 'processadmin'] },
      { name: 'CORP\\Readers', serverRoles: [] },
    ]);
    expect(await session.query(find('corp\\ADMINS'))).toEqual([
      ['CORP\\Admins', 'setupadmin', '0'],
      ['CORP\\Admins', 'processadmin', '0'],
    ]);
    expect(await session.query(find('CORP\\Readers'))).toEqual([['CORP\\Readers', null, '0']]);
    expect(await session.query(find('CORP\\Nobody'))).toEqual([]);
  });

  it.each(['ANN', "CORP\\O'Brien", 'CORP\\a]b', 'CORP\\Жанна 🦉'])(
    'answers with names as they are: %s',
    async (name) => {
      const lookUp = vi.fn(() => 'unknown' as const);
      const session = await openSession(await sqlInstance({ lookUp }));

      const answer = session.query(create(`X\\${name}`.replaceAll(']', ']]')));

      await expect(answer).rejects.toThrow(`'X\\${name}' not found`);
      expect(lookUp).toHaveBeenCalledExactlyOnceWith(`X\\${name}`);
    },
  );

  it.each([
    [
      'a name that nobody knows',
      create('CORP\\Nobody'),
      15401,
      "Windows NT user or group 'CORP\\Nobody' not found. Check the name again.",
    ],
    [
      'a name whose domain does not answer',
      create('FAR\\Away'),
      15401,
      "Windows NT user or group 'FAR\\Away' not found. Check the name again.",
    ],
    ['a login that exists', create('corp\\ann'), 15025, "The server principal 'corp\\ann' already exists."],
    [
      'a name without a domain',
      create('ann@corp'),
      15407,
      "'ann@corp' is not a valid Windows NT name. Give the complete name: <domain\\username>.",
    ],
    [
      'a role that its master user may not give',
      addTo('sysadmin', 'CORP\\Ann'),
      15151,
      "Cannot alter the server role 'sysadmin', because it does not exist or you do not have permission.",
    ],
    [
      'a member that does not exist',
      addTo('setupadmin', 'CORP\\Bob'),
      15151,
      "Cannot add the server principal 'CORP\\Bob', because it does not exist or you do not have permission.",
    ],
    ['anything else', 'DROP LOGIN [CORP\\Ann]', 102, "Incorrect syntax near 'drop'."],
    [
      'a setting with something else behind it',
      'set nocount on; DROP LOGIN [CORP\\Ann]',
      102,
      "Incorrect syntax near 'set'.",
    ],
  ])('refuses %s and goes on', async (_, sql, number, message) => {
    const known = new Map<string, 'found' | 'unreachable'>([
      ['CORP\\Ann', 'found'],
      ['FAR\\Away', 'unreachable'],
    ]);
    const instance = await sqlInstance({ lookUp: (name) => known.get(name) ?? 'unknown' });
    const session = await openSession(instance);
    await session.query(create('CORP\\Ann'));

    const answer = session.query(sql);

    await expect(answer).rejects.toMatchObject({ number, message });
    expect(instance.server.logins).toEqual([{ name: 'CORP\\Ann', serverRoles: [] }]);
    expect(await session.query(find('CORP\\Ann'))).toHaveLength(1);
  });
});
