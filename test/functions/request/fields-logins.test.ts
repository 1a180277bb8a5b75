import { describe, it } from 'vitest';
import { expectAdvice, long } from '../../support/wrong-field.ts';

const login = 'never a user@domain name; Active Directory forbids " / \\ [ ] : ; | = , + * ? < > @';

const invalid = [
  ['database.windowsLogins', {}, 'write a list of 0 to 100 logins, each with name and serverRoles'],
  ['database.windowsLogins[0]', 'CORP\\DBAdmins', 'write an object of name, serverRoles'],
  ['database.windowsLogins[0].name', 'DBAdmins', login],
  ['database.windowsLogins[0].name', 'bob@corp.example.com', login],
  ['database.windowsLogins[0].name', 'CORP\\bob@corp.example.com', login],
  ['database.windowsLogins[0].name', 'CORP\\', login],
  ['database.windowsLogins[0].name', '\\DBAdmins', login],
  ['database.windowsLogins[0].name', 'CORP.X\\DBAdmins', login],
  ['database.windowsLogins[0].name', 'CORP\\DBAdmins.', 'a dot at the end'],
  ['database.windowsLogins[0].name', 'CORP\\ DBAdmins', login],
  ['database.windowsLogins[0].name', 'CORP\\DBAdmins ', login],
  ['database.windowsLogins[0].name', `CORP\\${long(113)}`, login],
  ...['"/\\[]:;|=,+*?<>@'.split(''), '\n', '\u0000', '\u007f', '\u202e', '\u2028', '\u00a0', '\ud800']
    .flat()
    .map((character) => ['database.windowsLogins[0].name', `CORP\\DB${character}Admins`, login] as const),
  ...['sysadmin', 'securityadmin', 'serveradmin', 'bulkadmin', 'dbcreator', 'diskadmin', 'public'].map(
    (role) =>
      ['database.windowsLogins[0].serverRoles[0]', role, 'write "processadmin" or "setupadmin"'] as const,
  ),
  ['database.windowsLogins[0].serverRoles', 'setupadmin', 'the only ones that RDS gives'],
] as const;

describe('a field of the logins that is wrong', () => {
  it.each(invalid)('%s = %j: %s', expectAdvice);
});
