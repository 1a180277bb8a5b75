import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { parseRequest } from '../../functions/request/schema.ts';
import { Claim } from '../../functions/support/claim.ts';
import type { Step } from '../../functions/support/step.ts';
import { services } from '../../simulator/services/services.ts';
import { stepFunctions } from '../../simulator/services/step-functions.ts';
import type { Execution } from '../../simulator/states/execution.ts';
import { Endpoint, type EndpointOptions } from '../../simulator/wire/endpoint.ts';
import { VirtualClock } from '../../simulator/world/clock.ts';
import type { Trust } from '../../simulator/world/directories.ts';
import { World } from '../../simulator/world/world.ts';
import { example } from '../functions/request/requests.ts';
import { domainName, placeCompany, placeDirectory } from './company.ts';
import { configurationFor } from './configuration.ts';
import { createLedgerTable } from './ledger-table.ts';
import { definition, task } from './state-machines.ts';
import { stepRunner } from './step-runner.ts';

type Around = NonNullable<EndpointOptions['around']>;

export const trustId = 't-1234567890';
export const watch =
  'arn:aws:states:eu-central-1:111122223333:execution:forestbridge-check-trusts:2025-01-01';

const undisturbed: Around = (_call, answer) => answer();

/** An account whose directory has a trust that was made for the request `orders`, and whose ledger has it as Verified. */
export const watchAccount = async (difference: Partial<Trust> = {}) => {
  const clock = new VirtualClock(Date.UTC(2025, 0, 1));
  const world = new World(clock, 1);
  const directory = placeDirectory(world);
  placeCompany(world);
  const topic = world.topics.create('notifications');

  const place = (more: Partial<Trust> = {}): Trust => {
    const trust: Trust = {
      trustId,
      remoteDomainName: domainName,
      direction: 'One-Way: Outgoing',
      type: 'Forest',
      selectiveAuthentication: false,
      password: 'secret',
      createdAt: clock.now(),
      changedAt: clock.now(),
      state: 'Verified',
      reason: null,
      ...more,
    };
    directory.trusts.push(trust);
    return trust;
  };
  const trust = place(difference);

  const calls: string[] = [];
  let disturbance = undisturbed;
  const around: Around = (call, answer) => {
    calls.push(`${call.service}:${call.operation}`);
    return disturbance(call, answer);
  };
  const { operations, executions } = stepFunctions(
    world,
    () => new Promise(() => {}),
    () => undefined,
  );
  const endpoint = new Endpoint(
    services(world, operations, async () => null),
    { around },
  );
  const configuration = configurationFor(endpoint);
  const client = new DynamoDBClient(configuration);
  await createLedgerTable(client);
  const keep = async (requestId: string, item: string, attributes: Readonly<Record<string, string>>) => {
    const all = {
      requestId,
      item,
      execution: 'of the provisioning',
      at: '2025-01-01T00:00:00.000Z',
      ...attributes,
    };
    const Item = Object.fromEntries(Object.entries(all).map(([name, S]) => [name, { S }]));
    await client.send(new PutItemCommand({ TableName: 'ledger', Item }));
  };
  await keep('orders', `trust#${trustId}`, { state: trust.state });
  await keep('orders', 'request', { request: JSON.stringify(parseRequest(example('one-way-forest'))) });
  await keep('orders', 'result', { result: JSON.stringify({ trust: { id: trustId } }) });
  calls.length = 0;

  const run = stepRunner({
    clientConfiguration: configuration,
    environment: { LEDGER_TABLE: 'ledger', TOPIC_ARN: topic.arn },
    now: () => new Date(clock.now()),
  });
  const take = (requestId: string, execution: string) =>
    new Claim(client, 'ledger', { requestId, execution }).take(null, new Date(clock.now()));

  return {
    clock,
    world,
    directory,
    trust,
    /** Another trust of the directory. */
    place,
    run: (step: Step, input: unknown): Promise<unknown> => run(step, input),
    /** Everything that was published, oldest first. */
    messages: topic.messages,
    keep,
    item: async (item: string, requestId = 'orders') => {
      const Key = { requestId: { S: requestId }, item: { S: item } };
      const { Item } = await client.send(new GetItemCommand({ TableName: 'ledger', Key }));
      return Item;
    },
    take,
    /** An execution that has claimed the request and whose function never ends. */
    atWork: async (requestId = 'orders'): Promise<Execution> => {
      const text = definition({ Ask: task('ask') });
      const machine = executions.register('forestbridge-provision', text, 'arn:aws:iam::111122223333:role/x');
      const execution = executions.start(machine, `${requestId}-1`, {});
      await take(requestId, execution.arn);
      return execution;
    },
    /** Every call since the account was made, or since `disturb`. */
    calls,
    /** From now on every call goes through it. */
    disturb: (next: Around = undisturbed): void => {
      calls.length = 0;
      disturbance = next;
    },
    /** From now on that operation gives this answer, or throws it. */
    answering: (operation: string, given: object): void => {
      disturbance = (call, answer) => {
        if (call.operation !== operation) return answer();
        return given instanceof Error ? Promise.reject(given) : Promise.resolve(given);
      };
    },
  };
};
