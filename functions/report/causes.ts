import { isStepErrorName, type StepErrorName } from '../support/errors.ts';

/** What an error means, and what to do before the execution goes on. */
interface Explanation {
  /** What it usually comes from, in one sentence. */
  readonly usually: string;
  readonly nextMove: string;
  /** Whether a redrive can mend it; else it takes a new execution. */
  readonly redrive: boolean;
}

const ofStep: Readonly<Record<StepErrorName, Explanation>> = {
  NotReady: {
    usually:
      'Usually AWS takes longer than it mostly does, or waits for something that somebody has to mend.',
    nextMove: 'look at what is waited for in the AWS console and mend what stops it',
    redrive: true,
  },
  RemovalDue: {
    usually:
      'Usually the workflow was changed by hand: as it is deployed, it removes the directory and goes on.',
    nextMove: 'deploy the stack again, and have the request carried out anew',
    redrive: false,
  },
  InvalidRequest: {
    usually:
      'Usually a value was mistyped, or the request asks for something that AWS or Active Directory does not allow.',
    nextMove: 'correct the request and start a new execution with it',
    redrive: false,
  },
  Forbidden: {
    usually:
      "Usually the request names something outside the configured connections, or a function's role lacks a permission.",
    nextMove:
      'ask in a new execution for what a connection allows, or have the connections or the role extended',
    redrive: true,
  },
  PreflightFailed: {
    usually: 'Usually the account, the network or the domain controller is not prepared yet.',
    nextMove: 'mend everything that is listed',
    redrive: true,
  },
  Conflict: {
    usually: 'Usually somebody else made the thing, or changed it by hand.',
    nextMove: 'settle what the message says about the thing that differs',
    redrive: true,
  },
  DirectoryFailed: {
    usually:
      'Usually AWS could not create the directory, its subnets have no free addresses, or it is impaired.',
    nextMove: 'look at the directory in the Directory Service console, mend it or delete it',
    redrive: true,
  },
  CommandFailed: {
    usually:
      "Usually the domain controller's SSM agent is offline or too old, its machine lacks a right that the script needs, or it does not reach the directory.",
    nextMove: "read the command's output in Run Command, mend that on the domain controller",
    redrive: true,
  },
  TrustFailed: {
    usually:
      'Usually the two sides do not reach each other (ports, routes, DNS forwarders), or their halves or passwords differ.',
    nextMove: 'mend what the reason points at',
    redrive: true,
  },
  DatabaseFailed: {
    usually:
      'Usually it is a quota, the capacity of a zone, or a network or parameter that RDS does not take.',
    nextMove: "read the instance's events in RDS, mend what they name",
    redrive: true,
  },
  DomainJoinFailed: {
    usually: 'Usually the instance does not reach the directory, or RDS may not use its role.',
    nextMove: "read the instance's events in RDS, mend the security groups, the routes or the role",
    redrive: true,
  },
  LoginFailed: {
    usually:
      'Usually the account or group is spelt differently, or the database does not see it through the trust.',
    nextMove: "look whether the company's domain has that account and whether the trust still verifies",
    redrive: true,
  },
  Throttled: {
    usually: 'Usually many calls are made in this account at the same time, or AWS has an outage.',
    nextMove: 'wait some minutes',
    redrive: true,
  },
};

const alreadyClaimed: Explanation = {
  usually: 'Usually somebody started the same request twice, or used its requestId for another one.',
  nextMove: 'wait until the other execution has ended, or choose another requestId',
  redrive: true,
};

const silent: Explanation = {
  usually: 'Usually a function hung on a call, or AWS had an outage.',
  nextMove: "look at the function's log where it happens again",
  redrive: true,
};

const notRun: Explanation = {
  usually:
    'Usually AWS Lambda had an outage or no free concurrency, or the function or the right to call it is missing.',
  nextMove: "look at the function and at the state machine's role where it happens again",
  redrive: true,
};

const defect: Explanation = {
  usually: 'No step of Forestbridge ends like that: this is a defect of Forestbridge, not of the request.',
  nextMove:
    "report it with this error's name, the state and the execution's ARN, install a version that mends it",
  redrive: true,
};

/** What that error means at that state. */
export const explanationOf = (error: string, state: string | undefined): Explanation => {
  if (error === 'Conflict' && state === 'Claim request') return alreadyClaimed;
  if (isStepErrorName(error)) return ofStep[error];
  if (error === 'States.Timeout' || error === 'Sandbox.Timedout') return silent;
  return error.startsWith('Lambda.') ? notRun : defect;
};
