import type { Trust } from '../request/trust.ts';
import type { Finding } from '../support/finding.ts';
import type { DatabaseResult } from './result.ts';

const warning = (code: string, message: string): Finding => ({ level: 'warning', code, message });

/** What is left to do by hand until people can log in to the database. */
export const databaseFindings = (
  { identifier, membership, rebootOwed }: Pick<DatabaseResult, 'identifier' | 'membership' | 'rebootOwed'>,
  { selectiveAuthentication }: Trust,
  directory: { readonly directoryId: string; readonly name: string },
): Finding[] => {
  const joined = `the directory ${directory.name} (${directory.directoryId})`;
  const findings: Finding[] = [];
  if (membership === 'owed')
    findings.push(
      warning(
        'membership-owed',
        `The database instance ${identifier} has not joined ${joined}, because joining interrupts it and the request does not allow that; its Windows logins wait for it. When its owner agrees, write "allowInterruption": true into the request and start a new execution.`,
      ),
    );
  else if (rebootOwed)
    findings.push(
      warning(
        'reboot-owed',
        `The database instance ${identifier} has joined ${joined} and is to be rebooted once to complete that, which the request does not allow. Reboot it when its owner agrees.`,
      ),
    );
  if (selectiveAuthentication)
    findings.push(
      warning(
        'allowed-to-authenticate',
        `The trust authenticates selectively: nobody from the company logs in to ${identifier} before "Allowed to Authenticate" is granted on the instance's computer object in ${joined}. Grant it there to the groups and users that have logins.`,
      ),
    );
  return findings;
};
