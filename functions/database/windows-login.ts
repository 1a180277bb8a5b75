import { addToServerRole, createLogin, findLogin } from './sql.ts';
import { type SqlSession, sqlErrorNumber } from './sql-session.ts';

/** What the database's people log in as, and what they may do on the server. */
interface WindowsLogin {
  /** SHORT\principal */
  readonly name: string;
  readonly serverRoles: readonly string[];
}

const principalExists = 15025;

/** Makes the login unless it is there, and says whether it did. */
const create = async (session: Pick<SqlSession, 'query'>, name: string): Promise<boolean> => {
  try {
    await session.query(createLogin(name));
    return true;
  } catch (error) {
    if (sqlErrorNumber(error) !== principalExists) throw error;
    return false;
  }
};

/** Brings one login to what the request wants: it exists and has its server roles. Says whether it was made in the last `seconds`. */
export const ensureWindowsLogin = async (
  session: Pick<SqlSession, 'query'>,
  { name, serverRoles }: WindowsLogin,
  seconds: number,
): Promise<boolean> => {
  const found = await session.query(findLogin(name));
  const created = found.length === 0 && (await create(session, name));
  const held = new Set(found.map(([, role]) => role?.toLowerCase()));
  for (const role of serverRoles)
    if (!held.has(role.toLowerCase())) await session.query(addToServerRole(role, name));
  // What an earlier call made, whose answer was lost, is made as well.
  return created || found.some(([, , age]) => Number(age) <= seconds);
};
