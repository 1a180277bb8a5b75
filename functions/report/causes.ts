import { isStepErrorName, type StepErrorName } from '../support/errors.ts';

/** What an error usually comes from, and what to do before the execution goes on. */
export interface Explanation {
  readonly usually: string;
  readonly nextMove: string;
  /** Whether a redrive can mend it; else it takes a new execution. */
  readonly redrive: boolean;
}

const explanation = (usually: string, nextMove: string, redrive = true): Explanation => ({
  usually,
  nextMove,
  redrive,
});

const ofStep: Readonly<Record<StepErrorName, Explanation>> = {
  NotReady: explanation(
    'AWS takes longer than it usually does, or waits for something that somebody has to mend',
    'Look at what is waited for in the AWS console and mend what stops it',
  ),
  InvalidRequest: explanation(
    'a value was mistyped, or the request asks for something that AWS or Active Directory does not allow',
    'Correct the request and start a new execution with it',
    false,
  ),
  Forbidden: explanation(
    "the request names something outside the configured connections, or a function's role lacks a permission",
    'Ask for what a connection allows, in a new execution, or have the connections or the role extended',
  ),
  PreflightFailed: explanation(
    'the account, the network or the domain controller is not prepared yet',
    'Mend everything that is listed',
  ),
  Conflict: explanation(
    'somebody else made the thing or changed it by hand',
    'Follow what the message says about the thing that differs',
  ),
  DirectoryFailed: explanation(
    'the directory is impaired, its subnets have no free addresses, or AWS could not create it',
    'Look at the directory in the Directory Service console and mend it or delete it',
  ),
  CommandFailed: explanation(
    'the SSM agent of the domain controller is offline or too old, or its machine lacks a right that the script needs',
    "Read the command's output in Run Command and mend that on the domain controller",
  ),
  TrustFailed: explanation(
    'the two sides do not reach each other (ports, routes, DNS forwarders), or their halves or passwords differ',
    'Mend what the reason points at, on the side it points at',
  ),
  DatabaseFailed: explanation(
    'a quota, the capacity of a zone, or a network or parameter that RDS does not take',
    "Read the instance's events in RDS and mend what they name",
  ),
  DomainJoinFailed: explanation(
    'the instance does not reach the directory, or RDS may not use its role',
    "Mend the security groups, the routes or the role; the instance's events in RDS say more",
  ),
  LoginFailed: explanation(
    'the account or group is spelt differently, or the database does not see it through the trust',
    "Look whether the account exists in the company's domain and whether the trust still verifies",
  ),
  Throttled: explanation(
    'many calls are made in this account at the same time, or AWS has an outage',
    'Wait some minutes',
  ),
};

const claimed = explanation(
  'somebody started the same request twice',
  'Wait until the other execution has ended',
);

const silent = explanation(
  'a function hung on a call, or AWS had an outage',
  "Look at the function's log if it happens again",
);

const notRun = explanation(
  'AWS Lambda had an outage or no free concurrency, or the function or the right to call it is missing',
  "Look at the function and at the state machine's role if it happens again",
);

const defect = explanation(
  'a step met something that Forestbridge does not know, which is a defect of Forestbridge and not of the request',
  "Report it with this error's name, the state and the execution's ARN, and install a version that mends it",
);

/** What that error means at that state. */
export const explanationOf = (error: string, state: string | undefined): Explanation => {
  if (error === 'Conflict' && state === 'Claim request') return claimed;
  if (isStepErrorName(error)) return ofStep[error];
  if (error === 'States.Timeout' || error === 'Sandbox.Timedout') return silent;
  return error.startsWith('Lambda.') ? notRun : defect;
};
