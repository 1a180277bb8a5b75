import { describe, expect, it } from 'vitest';
import { form, runBy } from '../../../simulator/sql-server/t-sql.ts';

const forms = [
  form('CREATE LOGIN [?] FROM WINDOWS', (name) => ['create', name]),
  form("SELECT name FROM sys.server_principals WHERE name = N'?'", (name) => ['select', name]),
  form('ALTER SERVER ROLE [?] ADD MEMBER [?]', (role, name) => ['alter', role, name]),
];

describe('runBy', () => {
  it.each([
    ['as it is written', 'CREATE LOGIN [CORP\\Ann] FROM WINDOWS', ['create', 'CORP\\Ann']],
    ['in another case', 'create Login [CORP\\Ann] FROM windows', ['create', 'CORP\\Ann']],
    ['with other spaces', '\n CREATE\tLOGIN[CORP\\Ann]FROM  WINDOWS\r\n', ['create', 'CORP\\Ann']],
    ['with a bracket in a name', 'CREATE LOGIN [a]]b] FROM WINDOWS', ['create', 'a]b']],
    ['with a quote in a name', "CREATE LOGIN [O'Brien] FROM WINDOWS", ['create', "O'Brien"]],
    ['with a keyword as a name', 'CREATE LOGIN [FROM] FROM WINDOWS', ['create', 'FROM']],
    [
      'with a statement in a name',
      'CREATE LOGIN [x]] FROM WINDOWS --] FROM WINDOWS',
      ['create', 'x] FROM WINDOWS --'],
    ],
    [
      'with a quote in a text',
      "SELECT name FROM sys.server_principals WHERE name = N'O''Brien'",
      ['select', "O'Brien"],
    ],
    [
      'with a bracket in a text',
      "SELECT name FROM sys.server_principals WHERE name = N'a]b'",
      ['select', 'a]b'],
    ],
    ['with an empty text', "SELECT name FROM sys.server_principals WHERE name = N''", ['select', '']],
    ['with two names', 'ALTER SERVER ROLE [setupadmin] ADD MEMBER [Ann]', ['alter', 'setupadmin', 'Ann']],
  ])('runs a statement %s', (_, sql, expected) => {
    expect(runBy(forms, sql)).toEqual(expected);
  });

  it.each([
    ['nothing', '', ''],
    ['another statement', 'DROP LOGIN [Ann]', 'drop'],
    ['a statement that breaks off', 'CREATE LOGIN [Ann] FROM', 'from'],
    ['a statement that goes on', 'CREATE LOGIN [Ann] FROM WINDOWS DROP LOGIN [Bob]', 'drop'],
    ['two statements', 'CREATE LOGIN [Ann] FROM WINDOWS; DROP LOGIN [Bob]', ';'],
    ['a text for a name', "CREATE LOGIN N'Ann' FROM WINDOWS", 'Ann'],
    ['a bare word for a name', 'CREATE LOGIN Ann FROM WINDOWS', 'ann'],
    ['a keyword in brackets', '[CREATE] LOGIN [Ann] FROM WINDOWS', 'CREATE'],
    ['a name that does not close', 'CREATE LOGIN [Ann]] FROM WINDOWS', ']'],
    ['a text that does not close', "SELECT name FROM sys.server_principals WHERE name = N'Ann''", "'"],
    ['a text that is not Unicode', "SELECT name FROM sys.server_principals WHERE name = 'Ann'", "'"],
    ['a name that closes too early', 'CREATE LOGIN [a]b] FROM WINDOWS', ']'],
    ['a comment', 'CREATE LOGIN [Ann] FROM WINDOWS -- all', '-'],
  ])('answers %s by a syntax error', (_, sql, near) => {
    expect(() => runBy(forms, sql)).toThrow(
      expect.objectContaining({ number: 102, message: `Incorrect syntax near '${near}'.` }),
    );
  });
});
