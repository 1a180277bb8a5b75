import { beforeEach, describe, expect, it } from 'vitest';
import { type PreflightAccount, preflightAccount } from '../preflight-account.ts';
import { changed, example } from '../requests.ts';

describe('an existing instance, in a whole account', () => {
  let account: PreflightAccount;
  beforeEach(async () => {
    account = await preflightAccount(example('existing-instance'));
  });
  const groupOf = () => {
    const [id = ''] = account.world.databases.find('archive')?.securityGroupIds ?? [];
    return account.world.network.securityGroups.get(id);
  };

  it('is found as it is', async () => {
    const instance = account.world.databases.find('archive');
    if (instance !== undefined) instance.pendingInstanceClass = 'db.r6i.large';
    expect((await account.findings()).map(({ code }) => code)).toEqual(['instance-pending-changes']);

    if (instance !== undefined) instance.status = 'deleting';
    expect((await account.findings()).map(({ code }) => code)).toEqual([
      'instance-status',
      'instance-pending-changes',
    ]);
  });

  it('has to reach the directory through its security groups', async () => {
    const group = groupOf();
    if (group !== undefined) group.rules = group.rules.filter(({ egress }) => !egress);

    expect((await account.findings()).map(({ code }) => code)).toEqual(['database-group']);
  });

  it('must have room in the first of its groups, without those that it leaves', async () => {
    const rules = Array.from({ length: 59 }, (_none, at) => ({
      egress: false,
      protocol: 'tcp',
      fromPort: 80,
      toPort: 80,
      peer: `172.16.${at}.0/24`,
      description: null,
    }));
    account.world.network.addRules(groupOf()?.id ?? '', rules);
    expect((await account.findings()).map(({ code }) => code)).toEqual(['rules-room']);

    account.altering('DescribeDBInstances', { 'DBInstances[0].VpcSecurityGroups[0].Status': 'removing' });
    expect((await account.findings()).map(({ code }) => code)).toEqual([]);
  });

  it('is asked for nothing more than to be there', async () => {
    account = await preflightAccount(
      changed(example('existing-instance'), ['database'], {
        existing: true,
        identifier: 'archive',
        allowInterruption: false,
      }),
    );
    account.altering('DescribeDBInstances', { 'DBInstances[0].Endpoint': undefined });

    expect((await account.findings()).map(({ code }) => code)).toEqual(['join-owed']);
  });

  it('may be missing altogether', async () => {
    account = await preflightAccount(example('existing-instance'));
    account.altering('DescribeDBInstances', { DBInstances: [] });

    expect((await account.findings()).map(({ code }) => code)).toEqual(['instance-missing']);
  });
});
