import { describe, expect, it } from 'vitest';
import { ensureDirectory } from '../../../functions/directory/ensure-directory.ts';
import { routePublicAddresses } from '../../../functions/directory/route-public-addresses.ts';
import { sendCommand } from '../../../functions/domain-controller/send-command.ts';
import { Claim } from '../../../functions/support/claim.ts';
import { openLedger } from '../../../functions/support/open-ledger.ts';
import type { Step } from '../../../functions/support/step.ts';
import { ensureTrust } from '../../../functions/trust/ensure-trust.ts';
import { forwardDns } from '../../../functions/trust/forward-dns.ts';
import { planTrust } from '../../../functions/trust/plan-trust.ts';
import { ServiceError } from '../../../simulator/wire/service-error.ts';
import { reportAccount } from '../../support/report-account.ts';
import {
  directoryId,
  directoryName,
  domainName,
  managedNodeId,
  onPremises,
  outgoing,
  owner,
  trustAccount,
} from '../../support/trust-account.ts';

const mine = 'arn:aws:states:eu-west-1:123456789012:execution:provision:orders-1';
const other = 'arn:aws:states:eu-west-1:123456789012:execution:provision:orders-2';
const at = new Date(0);

const prepare = async () => {
  const account = await reportAccount({ Done: { Type: 'Succeed' } });
  const open = () =>
    openLedger(account.dynamodb, 'ledger', { requestId: 'orders', execution: mine }, () => at);
  return { ...account, open };
};

describe('openLedger', () => {
  it('gives the ledger to the execution that holds the claim', async () => {
    const { open, claimOf, item } = await prepare();
    await claimOf(mine).take(null, at);

    const ledger = await open();
    await ledger.making('login', 'one');

    expect(await item('made#login#one')).toMatchObject({
      execution: { S: mine },
      at: { S: at.toISOString() },
    });
  });

  it('refuses an execution whose claim another one has taken over', async () => {
    const { open, claimOf } = await prepare();
    await claimOf(mine).take(null, at);
    await claimOf(other).take(mine, at);

    await expect(open()).rejects.toMatchObject({
      name: 'Conflict',
      message: `The request orders was carried on by ${other}, so this execution must not go on. Start a new execution.`,
    });
  });

  it('refuses an execution whose claim nobody holds any more', async () => {
    const { open, claimOf } = await prepare();
    await claimOf(other).take(null, at);
    await claimOf(other).release();

    await expect(open()).rejects.toMatchObject({
      name: 'Conflict',
      message: expect.stringContaining('was carried on by another execution, so this'),
    });
  });

  it('does not go by the claim of another request', async () => {
    const { open, dynamodb } = await prepare();
    await new Claim(dynamodb, 'ledger', { requestId: 'books', execution: mine }).take(null, at);

    await expect(open()).rejects.toMatchObject({ name: 'Conflict' });
  });

  it('asks once, for what was written last', async () => {
    const { open, claimOf, disturb, calls } = await prepare();
    await claimOf(mine).take(null, at);
    const inputs: unknown[] = [];
    disturb((call, answer) => {
      inputs.push(call.input);
      return answer();
    });

    await open();

    expect(calls).toEqual(['dynamodb:GetItem']);
    expect(inputs).toMatchObject([{ ConsistentRead: true }]);
  });

  it('passes on what DynamoDB refuses', async () => {
    const { open, disturb } = await prepare();
    disturb(() => Promise.reject(new ServiceError('ResourceNotFoundException', 'No table.')));

    await expect(open()).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});

describe('an execution that has lost its claim', () => {
  const directory = { directoryId, name: directoryName };
  const making = {
    directory,
    onPremises,
    trust: outgoing,
    plan: { onPremises: 'create', inAws: 'create', newPassword: true, trustId: null },
  };
  const steps: [Step, object][] = [
    [
      ensureDirectory,
      {
        directory: {
          directoryId: null,
          name: 'cloud.example.com',
          shortName: 'CLOUD',
          vpcId: 'vpc-0123456789abcdef0',
          subnetIds: ['subnet-0000000000000000a', 'subnet-0000000000000000b'],
          edition: 'Standard',
          description: null,
        },
        adminSecretArn: 'secret',
        tags: {},
      },
    ],
    [
      routePublicAddresses,
      { directory, onPremises: { networks: ['198.51.100.0/24'], dnsIpAddresses: ['198.51.100.10'] } },
    ],
    [forwardDns, { directory, onPremises }],
    [planTrust, { directory, onPremises, trust: outgoing, half: null }],
    [ensureTrust, { ...making, trustSecretArn: 'secret' }],
    [
      sendCommand,
      {
        step: 'forward-dns',
        managedNodeId,
        document: 'forward-dns',
        parameters: { DirectoryName: directoryName, DirectoryDnsIpAddresses: '10.0.0.4' },
        makes: { kind: 'forwarder-on-premises', key: directoryName, exists: false },
        startedAt: '2025-01-01T00:00:00.000Z',
        failure: null,
        redrive: 1,
      },
    ],
  ];

  it.each(steps.map(([step, input]) => ({ step, input, name: step.name })))(
    'goes no further, and changes nothing: $name',
    async ({ step, input }) => {
      const account = await trustAccount();
      const another = `${owner.execution}-2`;
      await account.claimOf({ ...owner, execution: another }).take(owner.execution, at);
      account.secrets.create({ name: 'secret' }, '{"password":"A-long-secret-1"}');
      account.disturb();

      await expect(account.run(step, input)).rejects.toMatchObject({
        name: 'Conflict',
        message: expect.stringContaining(`was carried on by ${another}`),
      });

      // A look at AWS may come before.
      expect(account.calls.filter((call) => !/:Describe/.test(call))).toEqual(['dynamodb:GetItem']);
      expect(await account.entries()).toEqual({});
      expect(account.world.directories.all).toEqual([account.directory]);
      expect(account.directory).toMatchObject({ trusts: [], ipRoutes: [] });
      expect(account.directory.forwarders.size).toBe(0);
      expect(account.commands.all).toEqual([]);
    },
  );

  it('makes its half no more where it lost the claim between two calls of the step', async () => {
    const account = await trustAccount();
    const { arn } = account.secrets.create({ name: 'secret' }, '{"password":"A-long-secret-1"}');
    const run = () => account.run(ensureTrust, { ...making, trustSecretArn: arn });
    const requestId = `trust#${directoryId}/${domainName}`;
    await account.claimOf({ ...owner, requestId }).take(null, at);
    await expect(run()).rejects.toMatchObject({ name: 'NotReady' });
    const entries = await account.entries();
    account.directory.trusts.length = 0;
    await account.claimOf({ ...owner, execution: `${owner.execution}-2` }).take(owner.execution, at);

    await expect(run()).rejects.toMatchObject({ name: 'Conflict' });

    expect(account.directory.trusts).toEqual([]);
    expect(await account.entries()).toEqual(entries);
  });
});
