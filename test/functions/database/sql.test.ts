import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addToServerRole,
  createLogin,
  findLogin,
  quotedName,
  quotedText,
} from '../../../functions/database/sql.ts';
import { MasterDatabase } from '../../../simulator/sql-server/master-database.ts';
import { form, runBy } from '../../../simulator/sql-server/t-sql.ts';
import { anyCharacter } from '../../support/any-character.ts';

/** Names with more quotes, brackets and statements in them than chance would give. */
const names = fc
  .array(
    fc.oneof(
      fc.constantFrom(']', '[', "'", '"', ']]', "''", '; DROP LOGIN [x]', '--', '/*'),
      fc.string({ unit: anyCharacter }),
    ),
    {
      minLength: 1,
      maxLength: 6,
    },
  )
  .map((parts) => parts.join(''))
  .filter((name) => name !== '');

describe('quotedName', () => {
  it.each([
    ['CORP\\Admins', '[CORP\\Admins]'],
    ["CORP\\O'Brien", "[CORP\\O'Brien]"],
    ['CORP\\a]b', '[CORP\\a]]b]'],
    [']', '[]]]'],
    ['x] FROM WINDOWS; DROP LOGIN [y', '[x]] FROM WINDOWS; DROP LOGIN [y]'],
  ])('quotes %s', (name, quoted) => {
    expect(quotedName(name)).toBe(quoted);
  });

  it('lets no name out of its brackets', () => {
    fc.assert(
      fc.property(names, (name) => {
        expect(runBy([form('LOGIN [?] END', (read) => read)], `LOGIN ${quotedName(name)} END`)).toBe(name);
      }),
    );
  });
});

describe('quotedText', () => {
  it.each([
    ['CORP\\Admins', "N'CORP\\Admins'"],
    ["CORP\\O'Brien", "N'CORP\\O''Brien'"],
    ['CORP\\a]b', "N'CORP\\a]b'"],
    ["' OR 1=1 --", "N''' OR 1=1 --'"],
  ])('quotes %s', (text, quoted) => {
    expect(quotedText(text)).toBe(quoted);
  });

  it('lets no text out of its quotes', () => {
    fc.assert(
      fc.property(names, (text) => {
        expect(runBy([form("LOGIN N'?' END", (read) => read)], `LOGIN ${quotedText(text)} END`)).toBe(text);
      }),
    );
  });
});

describe('the statements', () => {
  it('say the same name to the server, whatever it is', () => {
    fc.assert(
      fc.property(names, (principal) => {
        const database = new MasterDatabase(
          () => 'found',
          () => 0,
        );
        const name = `CORP\\${principal}`;

        database.run(createLogin(name));
        database.run(addToServerRole('setupadmin', name));

        expect(database.logins).toEqual([{ name, serverRoles: ['setupadmin'] }]);
        expect(database.run(findLogin(name))?.rows).toEqual([[name, 'setupadmin', '0']]);
      }),
    );
  });

  it('let no role out of its brackets', () => {
    const database = new MasterDatabase(
      () => 'found',
      () => 0,
    );
    database.run(createLogin('CORP\\Ann'));

    const adding = () => database.run(addToServerRole('setupadmin] ADD MEMBER [CORP\\Ann', 'CORP\\Bob'));

    expect(adding).toThrow("Cannot alter the server role 'setupadmin] ADD MEMBER [CORP\\Ann'");
  });
});
