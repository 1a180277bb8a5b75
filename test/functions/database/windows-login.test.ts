import { RequestError } from 'tedious';
import { describe, expect, it } from 'vitest';
import { ensureWindowsLogin } from '../../../functions/database/windows-login.ts';

const sqlError = (number: number) =>
  Object.assign(new RequestError('SQL Server said no.', 'EREQUEST'), { number });

/** A server where the login does not exist when it is looked for, and whose CREATE LOGIN fails. */
const failing = (error: Error) => {
  const statements: string[] = [];
  return {
    statements,
    async query(sql: string) {
      statements.push(sql.split(' ', 2).join(' '));
      if (sql.startsWith('CREATE')) throw error;
      return [];
    },
  };
};

describe('ensureWindowsLogin', () => {
  const login = { name: 'CORP\\Ann', serverRoles: ['setupadmin'] };
  const lastMinute = 60;

  it('takes a login that somebody else made in between as it is', async () => {
    const session = failing(sqlError(15025));

    const created = await ensureWindowsLogin(session, login, lastMinute);

    expect(created).toBe(false);
    expect(session.statements).toEqual(['SELECT login.name', 'CREATE LOGIN', 'ALTER SERVER']);
  });

  it('asks for no more than the login lacks, whatever the case', async () => {
    const statements: string[] = [];
    const session = {
      async query(sql: string) {
        statements.push(sql);
        return statements.length === 1 ? [[login.name, 'SetupAdmin', '61']] : [];
      },
    };

    const created = await ensureWindowsLogin(
      session,
      { ...login, serverRoles: ['setupADMIN', 'processadmin'] },
      lastMinute,
    );

    expect(created).toBe(false);
    expect(statements.slice(1)).toEqual(['ALTER SERVER ROLE [processadmin] ADD MEMBER [CORP\\Ann]']);
  });

  it.each([
    ['in the last seconds', '60', true],
    ['before', '61', false],
  ])('says of a login that was made %s whether the request made it', async (_, age, isMade) => {
    const session = { query: async () => [[login.name, 'setupadmin', age]] };

    expect(await ensureWindowsLogin(session, login, lastMinute)).toBe(isMade);
  });

  it.each([
    ['refused it', sqlError(15401)],
    ['did not answer', new Error('The connection is gone.')],
  ])('adds no role where the server %s', async (_, error) => {
    const session = failing(error);

    const ensuring = ensureWindowsLogin(session, login, lastMinute);

    await expect(ensuring).rejects.toBe(error);
    expect(session.statements).toEqual(['SELECT login.name', 'CREATE LOGIN']);
  });
});
