/** Statements about Windows logins, as the functions write them. */
export const create = (name: string): string =>
  `CREATE LOGIN [${name}] FROM WINDOWS WITH DEFAULT_DATABASE = [master]`;
export const addTo = (role: string, name: string): string =>
  `ALTER SERVER ROLE [${role}] ADD MEMBER [${name}]`;
export const find = (name: string): string =>
  `SELECT login.name AS login, role.name AS server_role,
     CONVERT(varchar(12), DATEDIFF(second, login.create_date, GETDATE())) AS age
   FROM sys.server_principals AS login
   LEFT JOIN sys.server_role_members AS member ON member.member_principal_id = login.principal_id
   LEFT JOIN sys.server_principals AS role ON role.principal_id = member.role_principal_id
   WHERE login.name = N'${name}'`;
