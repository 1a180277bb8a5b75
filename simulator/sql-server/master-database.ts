import { cannot, notAWindowsName, principalExists, unknownWindowsName } from './sql-error.ts';
import { form, runBy } from './t-sql.ts';

/** Whether the server's domain, or one it trusts, knows a Windows name. */
export type LookUp = (name: string) => 'found' | 'unknown' | 'unreachable';

export interface Login {
  readonly name: string;
  readonly serverRoles: readonly string[];
}

/** What a query gives; every column is a text. */
export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
}

const sessionSettings = /^set [\w\s]+$/i;
/** What a driver sends by itself when it has logged in. */
export const isSessionSetting = (sql: string): boolean => sessionSettings.test(sql);
// What RDS lets its master user give away.
const grantable = new Set(['processadmin', 'setupadmin']);
const fold = (name: string): string => name.toLowerCase();

/** The logins of one server, and the statements that read and change them. Case makes no difference. */
export class MasterDatabase {
  readonly #lookUp: LookUp;
  /** Milliseconds since 1970. */
  readonly #now: () => number;
  readonly #logins = new Map<
    string,
    { readonly name: string; readonly serverRoles: Set<string>; readonly createdAt: number }
  >();
  readonly #forms = [
    form(
      `SELECT login.name AS login, role.name AS server_role,
         CONVERT(varchar(12), DATEDIFF(second, login.create_date, GETDATE())) AS age
       FROM sys.server_principals AS login
       LEFT JOIN sys.server_role_members AS member ON member.member_principal_id = login.principal_id
       LEFT JOIN sys.server_principals AS role ON role.principal_id = member.role_principal_id
       WHERE login.name = N'?'`,
      (name) => this.#find(name),
    ),
    form('CREATE LOGIN [?] FROM WINDOWS WITH DEFAULT_DATABASE = [master]', (name) => this.#create(name)),
    form('ALTER SERVER ROLE [?] ADD MEMBER [?]', (role, name) => this.#addMember(role, name)),
    form('SELECT auth_scheme FROM sys.dm_exec_connections WHERE session_id = @@SPID', () => ({
      columns: ['auth_scheme'],
      rows: [['SQL']],
    })),
  ];

  constructor(lookUp: LookUp, now: () => number) {
    this.#lookUp = lookUp;
    this.#now = now;
  }

  get logins(): readonly Login[] {
    return [...this.#logins.values()].map(({ name, serverRoles }) => ({
      name,
      serverRoles: [...serverRoles],
    }));
  }

  /** Runs one statement; a query gives its table. */
  run(sql: string): Table | undefined {
    return isSessionSetting(sql) ? undefined : runBy<Table | undefined>(this.#forms, sql);
  }

  #find(name: string): Table {
    const login = this.#logins.get(fold(name));
    const roles = login === undefined || login.serverRoles.size === 0 ? [null] : [...login.serverRoles];
    const rows = login === undefined ? [] : roles.map((role) => [login.name, role, this.#age(login)]);
    return { columns: ['login', 'server_role', 'age'], rows };
  }

  #age({ createdAt }: { readonly createdAt: number }): string {
    return String(Math.floor((this.#now() - createdAt) / 1000));
  }

  #create(name: string): undefined {
    if (!name.includes('\\')) throw notAWindowsName(name);
    if (this.#logins.has(fold(name))) throw principalExists(name);
    if (this.#lookUp(name) !== 'found') throw unknownWindowsName(name);
    this.#logins.set(fold(name), { name, serverRoles: new Set(), createdAt: this.#now() });
  }

  #addMember(role: string, name: string): undefined {
    if (!grantable.has(fold(role))) throw cannot('alter', 'server role', role);
    const login = this.#logins.get(fold(name));
    if (login === undefined) throw cannot('add', 'server principal', name);
    login.serverRoles.add(fold(role));
  }
}
