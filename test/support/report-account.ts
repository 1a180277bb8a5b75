import { readFileSync } from 'node:fs';
import * as cloudFormationPackage from '@aws-sdk/client-cloudformation';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import * as sfnPackage from '@aws-sdk/client-sfn';
import * as snsPackage from '@aws-sdk/client-sns';
import { endWaiting } from '../../functions/catalog/end-waiting.ts';
import { Claim } from '../../functions/support/claim.ts';
import { Ledger } from '../../functions/support/ledger.ts';
import { dynamodb } from '../../simulator/services/dynamodb.ts';
import { sns } from '../../simulator/services/sns.ts';
import type { StatusChange } from '../../simulator/services/step-functions/views.ts';
import { stepFunctions } from '../../simulator/services/step-functions.ts';
import type { Json } from '../../simulator/states/data/json.ts';
import { Endpoint, type EndpointOptions } from '../../simulator/wire/endpoint.ts';
import { service } from '../../simulator/wire/service.ts';
import { VirtualClock } from '../../simulator/world/clock.ts';
import { Random } from '../../simulator/world/random.ts';
import { Topics } from '../../simulator/world/topics.ts';
import { configurationFor } from './configuration.ts';
import { createLedgerTable } from './ledger-table.ts';
import { definition, type Fields, type Functions, start } from './state-machines.ts';
import { stepRunner } from './step-runner.ts';

type Around = NonNullable<EndpointOptions['around']>;

const watchDefinition = readFileSync(
  new URL('../../statemachines/watch-update.asl.json', import.meta.url),
  'utf8',
).replace('${EndWaiting}', 'end-waiting');

const undisturbed: Around = (_call, answer) => answer();

/** An account in which executions end and are reported on: Step Functions, a ledger and a topic. */
export const reportAccount = async (
  states: Fields,
  functions: Functions = {},
  more: Fields = {},
  connections: readonly object[] = [],
) => {
  const clock = new VirtualClock(start);
  const setting = { clock, random: new Random(1), accountId: '123456789012', region: 'eu-west-1' };
  const changes: StatusChange[] = [];
  const watchers: Record<string, (payload: unknown) => unknown> = {};
  const { operations, executions } = stepFunctions(
    setting,
    async (name, payload) => (functions[name] ?? watchers[name])?.(payload),
    (change) => changes.push(change),
  );
  const topics = new Topics(setting);
  const topic = topics.create('reports');
  const calls: string[] = [];
  let disturbance = undisturbed;
  let stackStatus: cloudFormationPackage.StackStatus = 'UPDATE_IN_PROGRESS';
  const services = [
    service('cloudformation', cloudFormationPackage, {
      DescribeStacks: () => ({
        Stacks: [{ StackName: 'any', CreationTime: new Date(start), StackStatus: stackStatus }],
      }),
    }),
    service('states', sfnPackage, operations),
    service('sns', snsPackage, sns(topics)),
    dynamodb(),
  ];
  const around: Around = (call, answer) => {
    calls.push(`${call.service}:${call.operation}`);
    return disturbance(call, answer);
  };
  const configuration = configurationFor(new Endpoint(services, { around }));
  const client = new DynamoDBClient(configuration);
  await createLedgerTable(client);
  calls.length = 0;
  const machine = executions.register(
    'forestbridge-provision',
    definition(states, more),
    'arn:aws:iam::123456789012:role/machine',
  );

  const watch = executions.register(
    'forestbridge-watch-update',
    watchDefinition,
    'arn:aws:iam::123456789012:role/watch',
  );
  const puts: { readonly url: string; readonly body: unknown }[] = [];
  const statuses: number[] = [];
  const log: object[] = [];
  const write = (level: string) => (message: string, fields: object) => {
    log.push({ level, message, ...fields });
  };

  const run = stepRunner({
    clientConfiguration: configuration,
    environment: {
      LEDGER_TABLE: 'ledger',
      TOPIC_ARN: topic.arn,
      CONNECTIONS: JSON.stringify(connections),
      STATE_MACHINE_ARN: machine.arn,
      WATCH_STATE_MACHINE_ARN: watch.arn,
    },
    now: () => new Date(clock.now()),
    put: async (url, body) => {
      const status = statuses.shift() ?? 200;
      if (status === 0) throw new Error(`Nobody answers at ${url}.`);
      puts.push({ url, body: JSON.parse(body) });
      return status;
    },
    log: { debug: write('debug'), info: write('info'), error: write('error') },
  });
  watchers['end-waiting'] = (payload) => run(endWaiting, payload);

  return {
    clock,
    changes,
    sfn: new sfnPackage.SFNClient(configuration),
    dynamodb: client,
    /** Everything that was published, oldest first. */
    messages: topic.messages,
    executions,
    /** What those were told who wait at a URL, oldest first. */
    puts,
    /** The HTTP statuses that they answer, 0 for no answer; after them it is 200. */
    statuses,
    log,
    run,
    begin: (name = 'orders-1', input: Json = { requestId: 'orders' }) =>
      executions.start(machine, name, input),
    /** Runs an execution to its end and returns its ARN. */
    finished: async (name = 'orders-1', input: Json = { requestId: 'orders' }): Promise<string> => {
      const { arn } = executions.start(machine, name, input);
      await executions.ended(arn);
      return arn;
    },
    redriven: async (arn: string): Promise<void> => {
      executions.find(arn)?.redrive();
      await executions.ended(arn);
    },
    claimOf: (execution: string, requestId = 'orders') =>
      new Claim(client, 'ledger', { requestId, execution }),
    ledgerOf: (execution: string, requestId = 'orders') =>
      new Ledger(client, 'ledger', { requestId, execution }, () => new Date(clock.now())),
    item: async (item: string, requestId = 'orders') => {
      const Key = { requestId: { S: requestId }, item: { S: item } };
      const { Item } = await client.send(new GetItemCommand({ TableName: 'ledger', Key }));
      return Item;
    },
    calls,
    /** What CloudFormation does with every stack from now on; else it updates them. */
    stackIs: (status: cloudFormationPackage.StackStatus): void => {
      stackStatus = status;
    },
    /** From now on every call goes through it. */
    disturb: (next: Around): void => {
      calls.length = 0;
      disturbance = next;
    },
  };
};

export type ReportAccount = Awaited<ReturnType<typeof reportAccount>>;
