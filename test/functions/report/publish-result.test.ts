import { describe, expect, it } from 'vitest';
import { publishResult } from '../../../functions/report/publish-result.ts';
import { resultSchema } from '../../../functions/report/result.ts';
import { parseRequest } from '../../../functions/request/schema.ts';
import { ServiceError } from '../../../simulator/wire/service-error.ts';
import { at, mishaps } from '../../support/mishaps.ts';
import { reportAccount } from '../../support/report-account.ts';
import { changed, example } from '../request/requests.ts';

const owner = {
  requestId: 'orders',
  execution: 'arn:aws:states:eu-west-1:123456789012:execution:forestbridge-provision:orders-1',
};
const finding = { level: 'warning', code: 'clock', message: 'The clocks differ by 9 seconds.' };

const requestWith = (selectiveAuthentication: boolean) =>
  parseRequest(
    changed(
      changed(example('one-way-forest'), ['requestId'], 'orders'),
      ['trust', 'selectiveAuthentication'],
      selectiveAuthentication,
    ),
  );

const input = {
  owner,
  request: requestWith(false),
  directory: {
    directoryId: 'd-1234567890',
    name: 'aws.example.com',
    shortName: 'AWS',
    vpcId: 'vpc-0a1b2c3d4e5f60718',
    subnetIds: ['subnet-0a1b2c3d4e5f60711', 'subnet-0a1b2c3d4e5f60712'],
    securityGroupId: 'sg-0a1b2c3d4e5f60718',
    dnsIpAddresses: ['10.0.0.10'],
  },
  trust: { trustId: 't-1234567890', state: 'Verified' },
  instance: {
    identifier: 'orders',
    arn: 'arn:aws:rds:eu-west-1:123456789012:db:orders',
    endpoint: 'orders.abcdefghijkl.eu-west-1.rds.amazonaws.com',
    port: 1433,
    engine: 'sqlserver-se',
    masterUserSecretArn: null,
    membership: null,
  },
  membership: { membership: 'joined', rebootOwed: false },
  logins: ['CORP\\DBAdmins'],
  created: [],
  findings: [finding],
};

/** An account whose request is claimed by the owner's execution. */
const prepare = async () => {
  const account = await reportAccount({ Done: { Type: 'Succeed' } });
  await account.claimOf(owner.execution).take(null, new Date(account.clock.now()));
  account.calls.length = 0;
  return account;
};

/** The same where the login is about to be made. */
const entered = async () => {
  const account = await prepare();
  await account.ledgerOf(owner.execution).making('login', 'orders/CORP\\DBAdmins');
  account.calls.length = 0;
  return account;
};

const published = async (change: object) => {
  const account = await prepare();
  return resultSchema.parse(await account.run(publishResult, { ...input, ...change }));
};

describe('publish-result', () => {
  it('says what was built and how to connect to it, and keeps that', async () => {
    const account = await prepare();

    const result = await account.run(publishResult, input);

    expect(result).toEqual({
      requestId: 'orders',
      directory: { id: 'd-1234567890', name: 'aws.example.com' },
      trust: { id: 't-1234567890', state: 'Verified', direction: 'One-Way: Outgoing', type: 'Forest' },
      database: {
        identifier: 'orders',
        endpoint: 'orders.abcdefghijkl.eu-west-1.rds.amazonaws.com',
        port: 1433,
        kerberosName: 'orders.aws.example.com',
        connectionStrings: {
          kerberos:
            'Server=tcp:orders.aws.example.com,1433;Database=master;Integrated Security=True;Encrypt=True;HostNameInCertificate=orders.abcdefghijkl.eu-west-1.rds.amazonaws.com',
          ntlm: 'Server=tcp:orders.abcdefghijkl.eu-west-1.rds.amazonaws.com,1433;Database=master;Integrated Security=True;Encrypt=True',
        },
        authSchemeQuery:
          'SELECT net_transport, auth_scheme FROM sys.dm_exec_connections WHERE session_id = @@SPID',
        membership: 'joined',
        rebootOwed: false,
        logins: ['CORP\\DBAdmins'],
      },
      findings: [finding],
    });
    const written = { execution: { S: owner.execution }, at: { S: '2026-01-01T00:00:00.000Z' } };
    expect(await account.item('result')).toMatchObject({ ...written, result: { S: JSON.stringify(result) } });
    expect(await account.item('trust#t-1234567890')).toMatchObject({ ...written, state: { S: 'Verified' } });
  });

  it('has no database where none was asked for', async () => {
    const result = await published({
      request: requestWith(true),
      instance: null,
      membership: null,
      logins: [],
    });

    expect(Object.keys(result)).toEqual(['requestId', 'directory', 'trust', 'findings']);
    expect(result.findings).toEqual([finding]);
  });

  it.each([[{ instance: null }], [{ membership: null }]])(
    'takes no database without a membership, and no membership without one',
    async (change) => {
      await expect(published(change)).rejects.toMatchObject({
        name: 'InvalidRequest',
        message: expect.stringContaining('membership: a database has a membership'),
      });
    },
  );

  it.each([
    ['the rights that a selective trust wants', { request: requestWith(true) }, ['allowed-to-authenticate']],
    ['the reboot that is owed', { membership: { membership: 'joined', rebootOwed: true } }, ['reboot-owed']],
    ['the join that is owed', { membership: { membership: 'owed', rebootOwed: true } }, ['membership-owed']],
    [
      'both',
      { request: requestWith(true), membership: { membership: 'owed', rebootOwed: true } },
      ['membership-owed', 'allowed-to-authenticate'],
    ],
  ])('warns of %s', async (_, change, codes) => {
    const { findings } = await published(change);

    expect(findings[0]).toEqual(finding);
    const warnings = findings.slice(1);
    expect(warnings.map(({ code }) => code)).toEqual(codes);
    for (const { level, message } of warnings) {
      expect(level).toBe('warning');
      expect(message).toContain('orders');
      expect(message).toContain('aws.example.com (d-1234567890)');
    }
  });

  it('tells what to do about each', async () => {
    const { findings } = await published({
      request: requestWith(true),
      membership: { membership: 'owed', rebootOwed: true },
    });
    expect(findings[1]?.message).toContain('write "allowInterruption": true');
    expect(findings[2]?.message).toContain('"Allowed to Authenticate"');
    const owed = await published({ membership: { membership: 'joined', rebootOwed: true } });
    expect(owed.findings[1]?.message).toContain('Reboot it');
  });

  it('writes nothing where another execution comes to the same result', async () => {
    const account = await prepare();
    await account.ledgerOf(owner.execution).making('login', 'orders/CORP\\DBAdmins');
    const given = { ...input, created: ['CORP\\DBAdmins'] };
    const first = await account.run(publishResult, given);
    const kept = [await account.item('result'), await account.item('trust#t-1234567890')];
    await account.claimOf('another execution').take(owner.execution, new Date());
    account.disturb((_call, answer) => answer());

    const second = await account.run(publishResult, {
      ...given,
      owner: { ...owner, execution: 'another execution' },
    });

    expect(second).toEqual(first);
    expect(new Set(account.calls)).toEqual(new Set(['dynamodb:GetItem']));
    expect([await account.item('result'), await account.item('trust#t-1234567890')]).toEqual(kept);
  });

  it('completes the entries of the logins that were made, and strikes out those that had been there', async () => {
    const account = await prepare();
    const ledger = account.ledgerOf(owner.execution);
    for (const name of ['DBAdmins', 'App', 'Reports']) await ledger.making('login', `orders/CORP\\${name}`);

    await account.run(publishResult, {
      ...input,
      logins: ['CORP\\DBAdmins', 'CORP\\App', 'CORP\\Reports'],
      created: ['CORP\\DBAdmins', 'CORP\\App'],
    });

    const { execution } = owner;
    const written = { execution, at: '2026-01-01T00:00:00.000Z' };
    expect(await ledger.all()).toEqual([
      { ...written, item: 'made#login#orders/CORP\\App', id: 'CORP\\App' },
      { ...written, item: 'made#login#orders/CORP\\DBAdmins', id: 'CORP\\DBAdmins' },
    ]);
  });

  it('keeps the entry of a login that was made before', async () => {
    const account = await prepare();
    const ledger = account.ledgerOf('an earlier execution');
    await ledger.making('login', 'orders/CORP\\DBAdmins');
    await ledger.made('login', 'orders/CORP\\DBAdmins', 'CORP\\DBAdmins');
    const before = await ledger.all();
    account.disturb((_call, answer) => answer());

    await account.run(publishResult, { ...input, created: ['CORP\\DBAdmins'] });

    expect(account.calls).not.toContain('dynamodb:UpdateItem');
    expect(await ledger.all()).toEqual(before);
  });

  it('publishes nothing for an execution that has lost the claim', async () => {
    const account = await prepare();
    await account.claimOf('another execution').take(owner.execution, new Date());

    await expect(account.run(publishResult, { ...input, created: ['CORP\\DBAdmins'] })).rejects.toMatchObject(
      {
        name: 'Conflict',
        message: expect.stringContaining('was carried on by another execution'),
      },
    );

    expect(await account.item('result')).toBeUndefined();
    expect(await account.ledgerOf(owner.execution).all()).toEqual([]);
  });

  it('says that the ledger refuses, in words that fit no step', async () => {
    const account = await prepare();
    account.disturb((call, answer) =>
      call.operation === 'PutItem'
        ? Promise.reject(new ServiceError('ResourceNotFoundException', 'No table.'))
        : answer(),
    );

    await expect(account.run(publishResult, input)).rejects.toMatchObject({
      name: 'Forbidden',
      message: 'ResourceNotFoundException: No table.',
    });
  });

  it('writes what has changed', async () => {
    const account = await prepare();
    await account.run(publishResult, input);

    const result = await account.run(publishResult, {
      ...input,
      trust: { trustId: 't-1234567890', state: 'Created' },
    });

    expect(await account.item('trust#t-1234567890')).toMatchObject({ state: { S: 'Created' } });
    expect(await account.item('result')).toMatchObject({ result: { S: JSON.stringify(result) } });
  });

  it('asks the ledger for what was written last', async () => {
    const account = await prepare();
    const reads: unknown[] = [];
    account.disturb((call, answer) => {
      if (call.operation === 'GetItem') reads.push(call.input);
      return answer();
    });

    await account.run(publishResult, input);

    expect(reads).not.toEqual([]);
    expect(reads).toEqual(reads.map(() => expect.objectContaining({ ConsistentRead: true })));
  });

  it.each(Object.entries(mishaps))('comes to the same by whatever call %s', async (_, mishap) => {
    const given = { ...input, created: ['CORP\\DBAdmins'] };
    const whole = await entered();
    await whole.run(publishResult, given);
    for (const position of whole.calls.keys()) {
      const account = await entered();
      account.disturb(at(position, mishap));
      const first = account.run(publishResult, given);
      if (mishap === mishaps.carriedOutTwice) await first;
      else await expect(first).rejects.toMatchObject({ name: 'Throttled' });

      const result = await account.run(publishResult, given);

      const where = whole.calls.slice(0, position + 1).join(', ');
      expect(await account.ledgerOf(owner.execution).all(), where).toMatchObject([
        { item: 'made#login#orders/CORP\\DBAdmins', id: 'CORP\\DBAdmins' },
      ]);

      expect(await account.item('trust#t-1234567890')).toMatchObject({ state: { S: 'Verified' } });
      expect(await account.item('result')).toMatchObject({ result: { S: JSON.stringify(result) } });
    }
  });
});
