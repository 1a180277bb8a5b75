import { beforeAll, describe, expect, it } from 'vitest';
import {
  applyBreak,
  type BreakName,
  breakDescriptions,
  isBreakName,
  mendBreak,
} from '../../simulator/world/breaks.ts';
import { likenessAfter, likenessOf } from '../support/likeness.ts';
import { deployedForTest, requestNamed } from '../support/provisioning.ts';
import type { Plain } from '../support/world-snapshot.ts';

interface Failure {
  readonly error: string;
  readonly state: string;
  readonly cause: RegExp;
}

const unprepared = (cause: RegExp): Failure => ({
  error: 'PreflightFailed',
  state: 'Check domain controller again',
  cause,
});
const closed = (port: number): Failure =>
  unprepared(new RegExp(`does not reach the directory at \\S+ on TCP ${port} .*the company's firewall`));
const accessDenied: Failure = {
  error: 'TrustFailed',
  state: 'Verify trust',
  cause:
    /AWS: Access is denied\. Usually the two halves have different passwords, or the half on premises is missing/,
};

/** Where each of them shows when it is broken from the start, and what people are told. */
const failures: Readonly<Record<BreakName, Failure>> = {
  'forwarder-on-premises': {
    error: 'CommandFailed',
    state: 'Create trust on premises',
    cause:
      /domain aws\.example\.com does not exist or cannot be contacted \(code 1355\)\. Check the forwarder/,
  },
  'forwarder-in-aws': {
    error: 'TrustFailed',
    state: 'Ensure trust',
    cause:
      /could not be contacted\. Name: corp\.example\.com\. .*look at the conditional forwarders on both sides/,
  },
  'port-53': closed(53),
  'port-88': closed(88),
  'port-389': closed(389),
  'port-445': closed(445),
  'domain-controller': {
    error: 'PreflightFailed',
    state: 'Check account',
    cause:
      /mi-0a1b2c3d4e5f60718 is ConnectionLost, not Online\. Start the domain controller and its SSM agent/,
  },
  'trust-password': accessDenied,
  'half-on-premises': accessDenied,
  'half-in-aws': {
    error: 'TrustFailed',
    state: 'Ensure trust',
    cause: /AWS: The operation could not be performed on this domain\. .*so that a redrive makes it anew/,
  },
  role: {
    error: 'PreflightFailed',
    state: 'Check account',
    cause: /The role forestbridge-rds-domain lacks the managed policy \S+AmazonRDSDirectoryServiceAccess/,
  },
  clock: unprepared(/The clock differs from the directory's by 600 seconds, and Kerberos allows 300/),
};

/** Where those show that nothing looks at before it is needed, when they break only after the checks. */
const laterFailures: Readonly<Partial<Record<BreakName, Failure>>> = {
  'port-88': {
    error: 'LoginFailed',
    state: 'Enter Windows logins',
    cause: /does not find CORP\\DBAdmins: error 15401.*whether the trust still verifies/,
  },
  'domain-controller': {
    error: 'CommandFailed',
    state: 'Forward DNS on premises',
    cause: /Delivery Timed Out\. The node did not take it in time/,
  },
  role: {
    error: 'NotReady',
    state: 'Join database',
    cause:
      /RDS cannot use the role forestbridge-rds-domain.*carry the managed policy AmazonRDSDirectoryServiceAccess/,
  },
};

/** Only what is about the database needs one. */
const requestFor = (name: string): string =>
  name === 'role' || name === 'port-88' ? 'one-way-forest' : 'no-database';

describe('what is broken', () => {
  const undisturbed = new Map<string, Plain>();

  beforeAll(async () => {
    for (const name of ['one-way-forest', 'no-database'])
      undisturbed.set(name, await likenessAfter(requestNamed(name)));
  });

  const expectFailure = async (
    name: string,
    { error, state, cause }: Failure,
    breaksAt: string | null = null,
  ): Promise<void> => {
    if (!isBreakName(name)) throw new RangeError(`There is no break ${name}.`);
    const request = requestNamed(requestFor(name));
    const { world, account, visiting, run, explain, redrive } = await deployedForTest(request);
    if (breaksAt === null) applyBreak(world, name);
    visiting((state, run) => {
      if (state === breaksAt) applyBreak(world, name);
      return run();
    });

    const execution = await run(request);

    expect(execution.standing).toMatchObject({ status: 'FAILED', error });
    const explanation = await explain(execution);
    expect(explanation).toMatchObject({ status: 'FAILED', error });
    expect(explanation.cause).toContain(` failed at "${state}" on `);
    expect(explanation.cause?.replaceAll('\n', ' ')).toMatch(cause);
    expect(explanation.cause).toContain(`redrive-execution --execution-arn ${execution.arn}`);

    visiting();
    mendBreak(world, name);
    await redrive(execution);

    expect(execution.standing).toMatchObject({ status: 'SUCCEEDED' });
    expect(await likenessOf(account)).toEqual(undisturbed.get(requestFor(name)));
  };

  it('is known, each of it', () => {
    expect(Object.keys(failures)).toEqual(breakDescriptions.map(([name]) => name));
  });

  it.each(Object.entries(failures))('is named and, once mended, no obstacle to a redrive: %s', expectFailure);

  it.each(Object.entries(laterFailures))(
    'is named also where it breaks after the checks, and no obstacle once mended: %s',
    (name, failure) => expectFailure(name, failure, 'Forward DNS on premises'),
  );
});
