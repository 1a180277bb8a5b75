/** A name as T-SQL takes it, whatever its characters. */
export const quotedName = (name: string): string => `[${name.replaceAll(']', ']]')}]`;

/** A Unicode text as T-SQL takes it, whatever its characters. */
export const quotedText = (text: string): string => `N'${text.replaceAll("'", "''")}'`;

/** Finds a login with its server roles: a row for each, one row where it has none, no row where it does not exist; with its age in seconds. */
export const findLogin = (name: string): string =>
  `SELECT login.name AS login, role.name AS server_role,
     CONVERT(varchar(12), DATEDIFF(second, login.create_date, GETDATE())) AS age
   FROM sys.server_principals AS login
   LEFT JOIN sys.server_role_members AS member ON member.member_principal_id = login.principal_id
   LEFT JOIN sys.server_principals AS role ON role.principal_id = member.role_principal_id
   WHERE login.name = ${quotedText(name)}`;

export const createLogin = (name: string): string =>
  `CREATE LOGIN ${quotedName(name)} FROM WINDOWS WITH DEFAULT_DATABASE = [master]`;

export const addToServerRole = (role: string, name: string): string =>
  `ALTER SERVER ROLE ${quotedName(role)} ADD MEMBER ${quotedName(name)}`;
