import { describe, expect, it } from 'vitest';
import { joinDomain } from '../../../functions/database/join-domain.ts';
import { ServiceError } from '../../../simulator/wire/service-error.ts';
import type { Membership } from '../../../simulator/world/databases.ts';
import {
  databaseAccount,
  directoryId,
  existingDatabase,
  newDatabase,
  ownSettings,
  policyArn,
  roleName,
} from '../../support/database-account.ts';
import { at, mishaps, positionsOf } from '../../support/mishaps.ts';

const elsewhere = 'd-0000000000';
const domain = { directoryId, roleName };
const input = { database: newDatabase, directoryId, failure: null };
const existing = (allowInterruption: boolean) => ({
  ...input,
  database: { ...existingDatabase, allowInterruption },
});

/** An account with an instance that this request made. */
const prepare = async () => {
  const account = await databaseAccount();
  const instance = account.databases.place(ownSettings, null);
  await account.ledger.making('instance', 'orders');
  const asked = () => account.calls.filter((call) => call === 'rds:ModifyDBInstance').length;
  account.calls.length = 0;
  return { account, instance, asked };
};

describe('join-domain', () => {
  it('asks RDS to join now, after the ledger knows of it', async () => {
    const { account, instance } = await prepare();
    await account.ledger.making('membership', 'orders/reboot');
    account.calls.length = 0;

    await expect(account.run(joinDomain, input)).resolves.toEqual({ asked: true });

    expect(account.calls).toEqual([
      'dynamodb:GetItem',
      'rds:DescribeDBInstances',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:DeleteItem',
      'rds:ModifyDBInstance',
      'dynamodb:UpdateItem',
    ]);
    expect(await account.entries()).toEqual({
      'made#instance#orders': false,
      'made#membership#orders': true,
    });
    expect(await account.ledger.find('membership', 'orders')).toMatchObject({
      id: new Date(account.clock.now()).toISOString(),
    });
    await account.minutes(1);
    expect(instance.membership).toMatchObject({ directoryId, roleName, status: 'pending-join' });
  });

  it.each(['joined', 'joining', 'pending-join'] as const)(
    'asks nothing of one that is %s',
    async (status) => {
      const { account, instance, asked } = await prepare();
      instance.membership = { ...domain, domainName: 'aws.example.com', status, inEffect: true };

      await expect(account.run(joinDomain, input)).resolves.toEqual({ asked: false });

      expect(asked()).toBe(0);
    },
  );

  it('takes the word of other engines for joined', async () => {
    const { account, asked } = await prepare();
    account.disturb((call, answer) =>
      call.service === 'rds'
        ? Promise.resolve({
            DBInstances: [{ DomainMemberships: [{ Domain: directoryId, Status: 'kerberos-enabled' }] }],
          })
        : answer(),
    );

    await expect(account.run(joinDomain, input)).resolves.toEqual({ asked: false });

    expect(asked()).toBe(0);
  });

  it.each(['failed', 'pending-maintenance-join'] as const)('asks anew where it is %s', async (status) => {
    const { account, instance } = await prepare();
    instance.membership = { ...domain, domainName: 'aws.example.com', status, inEffect: false };

    await expect(account.run(joinDomain, input)).resolves.toEqual({ asked: true });

    await account.minutes(10);
    expect(instance.membership.status).toBe('joined');
  });

  it.each(['pending-removal', 'pending-maintenance-removal', 'removing'] as const)(
    'waits while it is %s',
    async (status) => {
      const { account, instance, asked } = await prepare();
      instance.membership = { ...domain, domainName: 'aws.example.com', status, inEffect: true };

      await expect(account.run(joinDomain, input)).rejects.toMatchObject({
        name: 'NotReady',
        message: expect.stringContaining('still leaving'),
      });

      expect(asked()).toBe(0);
    },
  );

  it('never takes an instance out of another directory', async () => {
    const { account, instance, asked } = await prepare();
    const membership: Membership = {
      directoryId: elsewhere,
      roleName,
      domainName: 'other.example.com',
      status: 'joined',
      inEffect: true,
    };
    instance.membership = membership;

    await expect(account.run(joinDomain, input)).rejects.toMatchObject({
      name: 'Conflict',
      message: expect.stringMatching(/belongs to the directory d-0000000000 \(joined\), not to d-1234567890/),
    });

    expect(asked()).toBe(0);
    expect(instance.membership).toBe(membership);
  });

  it.each([
    ['an existing instance must not be interrupted', existing(false), { asked: false }],
    ['an existing instance may be interrupted', existing(true), { asked: true }],
  ])('does what is allowed where %s', async (_which, given, output) => {
    const { account, asked } = await prepare();

    await expect(account.run(joinDomain, given)).resolves.toEqual(output);

    expect(asked()).toBe(output.asked ? 1 : 0);
  });

  it('does not interrupt an adopted instance that the request only resembles', async () => {
    const { account, asked } = await prepare();
    await account.ledger.forget('instance', 'orders');

    await expect(account.run(joinDomain, input)).resolves.toEqual({ asked: false });

    expect(asked()).toBe(0);
    expect(await account.entries()).toEqual({});
  });

  it.each([
    ['modifying', 'NotReady'],
    ['failed', 'DatabaseFailed'],
  ] as const)('asks nothing of an instance that is %s', async (status, name) => {
    const { account, instance, asked } = await prepare();
    instance.status = status;

    await expect(account.run(joinDomain, input)).rejects.toMatchObject({ name });

    expect(asked()).toBe(0);
  });

  it('waits for a role that RDS cannot use yet', async () => {
    const { account } = await prepare();
    account.roles.find(roleName)?.managedPolicyArns.delete(policyArn);

    await expect(account.run(joinDomain, input)).rejects.toMatchObject({
      name: 'NotReady',
      message: expect.stringContaining(`RDS cannot use the role ${roleName}`),
    });
  });

  it('waits for a directory that RDS does not find yet', async () => {
    const { account } = await prepare();
    account.directories.active = [];

    await expect(account.run(joinDomain, input)).rejects.toMatchObject({
      name: 'NotReady',
      message: expect.stringContaining(`RDS does not find the directory ${directoryId}`),
    });
  });

  it.each([
    ['InvalidDBInstanceState', 'NotReady', /RDS is busy with the database instance orders/],
    ['InvalidParameterCombination', 'DomainJoinFailed', /InvalidParameterCombination: Not that./],
    ['KMSKeyNotAccessibleFault', 'DomainJoinFailed', /Not that./],
    ['AuthorizationNotFound', 'DomainJoinFailed', /Not that./],
  ])('names what RDS refuses by %s', async (code, name, message) => {
    const { account } = await prepare();
    account.disturb((call, answer) =>
      call.operation === 'ModifyDBInstance' ? Promise.reject(new ServiceError(code, 'Not that.')) : answer(),
    );

    await expect(account.run(joinDomain, input)).rejects.toMatchObject({
      name,
      message: expect.stringMatching(message),
    });
  });

  it('fails where the instance is gone', async () => {
    const account = await databaseAccount();

    await expect(account.run(joinDomain, input)).rejects.toMatchObject({ name: 'DatabaseFailed' });
  });

  it('ends with the failure of the state that awaited, and asks nothing', async () => {
    const { account } = await prepare();
    const failure = { error: 'DomainJoinFailed', cause: '{"errorMessage":"RDS could not."}' };

    await expect(account.run(joinDomain, { ...input, failure })).rejects.toMatchObject({
      name: 'DomainJoinFailed',
      message: 'RDS could not.',
    });

    expect(account.calls).toEqual([]);
  });

  it.each(Object.entries(mishaps))('joins once at %s, wherever it happens', async (_name, mishap) => {
    const { account: undisturbed } = await prepare();
    await undisturbed.run(joinDomain, input);

    for (const position of positionsOf(undisturbed.calls, mishap)) {
      const { account, instance } = await prepare();
      account.disturb(at(position, mishap));
      await account.settle(joinDomain, input, 0.5);
      await account.minutes(15);
      expect(instance).toMatchObject({ status: 'available', membership: { directoryId, status: 'joined' } });
      expect(await account.ledger.find('membership', 'orders')).toBeDefined();
    }
  });
});
