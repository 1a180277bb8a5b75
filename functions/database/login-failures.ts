import { ConnectionError } from 'tedious';
import { LoginFailed, NotReady, type StepError } from '../support/errors.ts';
import { isOutOfReach, sqlErrorNumber } from './sql-session.ts';

const minute = 60_000;
const minutesToReplicate = 10;
const windowsNameNotFound = 15401;
/** Error 18401, of which tedious keeps the words alone: SQL Server upgrades itself after its start, and lets nobody in meanwhile. */
const upgrading = 'script upgrade mode';

interface Instance {
  readonly identifier: string;
  readonly endpoint: string;
  readonly port: number;
  readonly masterUserSecretArn: string;
}

/** The trust through which a login's name is looked up. */
interface Trust {
  readonly onPremises: { readonly domainName: string; readonly shortName: string };
  readonly verifiedAt: string;
}

/** What went wrong in the first place: tedious wraps a socket's error in one that repeats where it connects to. */
const words = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message.replace(/\.$/, '') : words(error.cause);
};

/** What it means that no session with the database could be opened. */
export const notOpened = (error: unknown, instance: Instance): StepError => {
  const { identifier, endpoint, port, masterUserSecretArn } = instance;
  const database = `database ${identifier} at ${endpoint}:${port}`;
  const options = { cause: error };
  if (isOutOfReach(error)) {
    const advice =
      'It may be rebooting; if this lasts, look whether its security group admits this function.';
    return new NotReady(`The ${database} cannot be reached: ${words(error)}. ${advice}`, options);
  }
  if (words(error).includes(upgrading))
    return new NotReady(`The ${database} has just started and lets nobody in yet: ${words(error)}.`, options);
  if (error instanceof ConnectionError && error.code === 'ELOGIN') {
    const advice = `Look whether the secret ${masterUserSecretArn} holds its present password, then redrive the execution.`;
    return new LoginFailed(`The ${database} refused its master user: ${words(error)}. ${advice}`, options);
  }
  const advice =
    'Its certificate must name that endpoint and come from an authority in the file that DATABASE_CA_FILE names. Put the present RDS roots there, then redrive the execution.';
  return new LoginFailed(`No safe connection to the ${database}: ${words(error)}. ${advice}`, options);
};

const notFound = (error: unknown, name: string, { onPremises, verifiedAt }: Trust, now: Date): StepError => {
  const minutes = Math.floor((now.getTime() - Date.parse(verifiedAt)) / minute);
  const problem = `SQL Server does not find ${name}: error ${windowsNameNotFound}, ${words(error)}.`;
  const trust = `The trust with ${onPremises.domainName} was verified ${minutes} minutes ago`;
  const options = { cause: error };
  if (minutes < minutesToReplicate) {
    const advice = `and may still be replicating; after ${minutesToReplicate} minutes this counts as a failure.`;
    return new NotReady(`${problem} ${trust} ${advice}`, options);
  }
  const advice = `Look whether a user or group of that name exists in ${onPremises.shortName}, whether the trust still verifies and, where it authenticates selectively, whether the instance's computer object is allowed to authenticate; then redrive the execution.`;
  return new LoginFailed(`${problem} ${trust}. ${advice}`, options);
};

/** What it means that a login could not be made. */
export const notMade = (error: unknown, name: string, trust: Trust, now: Date): StepError => {
  const number = sqlErrorNumber(error);
  if (number === windowsNameNotFound) return notFound(error, name, trust, now);
  const options = { cause: error };
  if (number === undefined)
    return new NotReady(`The database was lost while it made the login ${name}: ${words(error)}.`, options);
  const advice = 'Mend what that names, or start a new execution with another name or other server roles.';
  return new LoginFailed(
    `SQL Server refused the login ${name}: error ${number}, ${words(error)}. ${advice}`,
    options,
  );
};
