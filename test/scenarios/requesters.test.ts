import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { describe, expect, it } from 'vitest';
import { operatorConfiguration } from '../../cli/local-account.ts';
import type { Json } from '../../simulator/states/data/json.ts';
import { catalogForTest, form, requester, stackOf } from '../support/catalog.ts';
import { requestNamed } from '../support/provisioning.ts';
import { thrown } from '../support/state-machines.ts';
import { colleagueKey } from '../support/template-permissions.ts';

type Catalog = Awaited<ReturnType<typeof catalogForTest>>;

/** Starts an execution as somebody does in the console, with that input, and waits for its end. */
const byHand = async ({ account }: Catalog, request: Readonly<Record<string, Json>>) => {
  const { executions } = account;
  const { executionArn = '' } = await new SFNClient(operatorConfiguration(account)).send(
    new StartExecutionCommand({
      stateMachineArn: executions.machineArn('forestbridge-provision'),
      input: JSON.stringify(request),
    }),
  );
  await account.concluded(executionArn);
  return executions.find(executionArn)?.standing;
};

/** Asks the product's function as CloudFormation does for a stack, and hears what it answers. */
const asked = async ({ account, world }: Catalog, stackId: string, event: object): Promise<string> => {
  const answers: string[] = [];
  const ResponseURL = await world.stacks.urls.open('a-question', (text) => void answers.push(text));
  await account.invoke('serve-catalog', {
    RequestId: '11112222-3333-4444-5555-666677778888',
    ResponseURL,
    ResourceType: 'Custom::ForestbridgeRequest',
    LogicalResourceId: 'Request',
    StackId: stackId,
    ...event,
  });
  return answers.join('');
};

const request = requestNamed('one-way-forest');
const { onPremises } = request;

describe('somebody who starts an execution by hand', () => {
  it('gets what they may have', async () => {
    const catalog = await catalogForTest();

    expect(await byHand(catalog, request)).toMatchObject({ status: 'SUCCEEDED' });
  });

  it.each<[string, Readonly<Record<string, Json>>, RegExp]>([
    [
      'another domain',
      { onPremises: { ...Object(onPremises), domainName: 'rival.example.net' } },
      /no connection for onPremises\.domainName rival\.example\.net; it has connections for: corp\.example\.com/,
    ],
    [
      'another node',
      {
        onPremises: {
          ...Object(onPremises),
          domainController: { managedNodeId: 'mi-00000000000000000' },
        },
      },
      /onPremises\.domainController\.managedNodeId: mi-00000000000000000 is not allowed/,
    ],
    [
      'an instance that is not listed',
      { database: { ...Object(requestNamed('existing-instance')['database']), identifier: 'payroll' } },
      /database\.identifier: payroll is not allowed; allowed: nothing/,
    ],
  ])('and reaches for %s is refused before anything is made', async (_what, change, reason) => {
    const catalog = await catalogForTest();

    const standing = await byHand(catalog, { ...request, ...change });

    expect(standing).toMatchObject({ status: 'FAILED', error: 'Forbidden' });
    expect(standing?.cause).toMatch(reason);
    expect(catalog.tally.writes).toBe(0);
  });

  it('for what somebody asked for in the catalog is refused, and that product goes on', async () => {
    const catalog = await catalogForTest();
    const { account, tally, visiting, launch, update, redrive, status } = catalog;
    const { id } = (await launch(form)).of;
    const more = { ...form, Logins: 'DBAdmins,Readers' };
    visiting((state, run) =>
      state === 'Claim request' ? Promise.reject(thrown('Conflict', 'Not now.')) : run(),
    );
    await update(id, more);
    visiting();
    const failed = account.executions.all.find(({ of }) => of.name === 'forestbridge-provision');
    if (failed === undefined) throw new Error('The update has started no execution.');
    const { writes } = tally;

    for (const input of [{ ...request, requestId: id }, failed.input])
      expect(await byHand(catalog, Object(input))).toMatchObject({
        status: 'FAILED',
        error: 'Conflict',
        cause: expect.stringContaining(
          'update the product there, or start a new execution with another requestId.',
        ),
      });

    expect(tally.writes).toBe(writes);
    await redrive(failed);
    expect(failed.standing).toMatchObject({ status: 'SUCCEEDED' });
    expect(account.sqlServers.serverOf('orders')?.logins.map(({ name }) => name)).toContain('CORP\\Readers');
    expect(await update(id, more)).toMatchObject({ status: 'SUCCEEDED', error: null });
    expect(await status(id)).toBe('AVAILABLE');
  });

  it('with the id of a product that is still to come is refused', async () => {
    const catalog = await catalogForTest();

    const standing = await byHand(catalog, { ...request, requestId: 'pp-mycpuogt2i45s' });

    expect(standing).toMatchObject({ status: 'FAILED', error: 'Conflict' });
    expect(catalog.tally.writes).toBe(0);
  });
});

describe('somebody who asks in the catalog', () => {
  it.each([
    [
      'a connection that there is not',
      { Connection: 'rival' },
      "Parameter 'Connection' must be one of AllowedValues",
    ],
    [
      'another domain',
      { DomainName: 'rival.example.net' },
      'Parameters: [DomainName] do not exist in the template',
    ],
    [
      'another node',
      { ManagedNodeId: 'mi-00000000000000000' },
      'Parameters: [ManagedNodeId] do not exist in the template',
    ],
    [
      'an instance that is there',
      { Existing: 'true' },
      'Parameters: [Existing] do not exist in the template',
    ],
    [
      'networks of nobody',
      { AllowedNetworks: '192.0.2.0/24' },
      'database.allowedNetworks[0]: 192.0.2.0/24 is not allowed',
    ],
    ['a login of another domain', { Logins: 'RIVAL\\DBAdmins' }, 'RIVAL'],
  ])('for %s is refused', async (_what, change, reason) => {
    const { account, tally, launch } = await catalogForTest();

    const refused = await launch({ ...form, ...change });

    expect(refused).toMatchObject({ status: 'FAILED' });
    expect(refused.error).toContain(reason);
    expect(account.executions.all).toEqual([]);
    expect(tally.writes).toBe(0);
  });

  it('cannot see, change or terminate what somebody else asked for', async () => {
    const catalog = await catalogForTest();
    const { id } = (await catalog.launch(form)).of;
    const other = requester(catalog, colleagueKey);

    for (const attempt of [other.status(id), other.update(id, form), other.terminate(id)])
      await expect(attempt).rejects.toMatchObject({ name: 'AccessDeniedException' });
    expect(await catalog.status(id)).toBe('AVAILABLE');
  });

  it.each(['Update', 'Delete'])(
    'cannot have their own stack %s what another one asked for',
    async (RequestType) => {
      const catalog = await catalogForTest();
      const first = await catalog.launch(form);
      const { id } = first.of;
      const foreign = stackOf(first).id.replaceAll(id, 'pp-somebodyelse0');
      const sameName = stackOf(first).id.replace(/[^/]+$/, '11112222-3333-4444-5555-666677778888');
      const ResourceProperties = stackOf(first).resources.get('Request')?.properties;
      const event = { RequestType, PhysicalResourceId: id, ResourceProperties };

      for (const stackId of [foreign, sameName]) {
        const answer: unknown = JSON.parse(await asked(catalog, stackId, event));
        expect(answer).toMatchObject({
          Status: 'FAILED',
          Reason: expect.stringMatching(/ is not that of the stack | belongs to another stack /),
        });
      }
      expect(await catalog.status(id)).toBe('AVAILABLE');
      expect(catalog.account.executions.all).toHaveLength(1);
    },
  );

  it('is served from a stack of the catalog, and from no other one', async () => {
    const catalog = await catalogForTest();
    const stackId =
      'arn:aws:cloudformation:eu-central-1:111122223333:stack/mine/11112222-3333-4444-5555-666677778888';

    const answer = await asked(catalog, stackId, {
      RequestType: 'Create',
      ResourceProperties: { ...form, WaitHandle: 'x', ServiceToken: 'y' },
    });

    expect(JSON.parse(answer)).toMatchObject({
      Status: 'FAILED',
      Reason: expect.stringContaining('none of Service Catalog'),
    });
    expect(catalog.account.executions.all).toEqual([]);
  });
});
