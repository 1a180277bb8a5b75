import * as ds from '@aws-sdk/client-directory-service';
import * as ec2 from '@aws-sdk/client-ec2';
import * as iam from '@aws-sdk/client-iam';
import * as rds from '@aws-sdk/client-rds';
import * as secretsManager from '@aws-sdk/client-secrets-manager';
import * as sfn from '@aws-sdk/client-sfn';
import * as sns from '@aws-sdk/client-sns';
import * as ssm from '@aws-sdk/client-ssm';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Endpoint } from '../../../simulator/wire/endpoint.ts';
import { type Service, service } from '../../../simulator/wire/service.ts';
import { valuesOf } from '../../support/by-schema.ts';
import { configurationFor } from '../../support/configuration.ts';

interface AnyClient {
  send(command: unknown): Promise<object>;
}

/** A client whose calls are answered as the test says, and what arrived of the last of them. */
const conversation = (signingName: string, clientPackage: object, clientName: string) => {
  let arrived: unknown;
  let answer: unknown;
  const described = service(signingName, clientPackage, {});
  const endpoint = new Endpoint([described], {
    around(call) {
      arrived = call.input;
      return Promise.resolve(answer);
    },
  });
  const client: AnyClient = Reflect.construct(Reflect.get(clientPackage, clientName), [
    configurationFor(endpoint),
  ]);
  const exchange = async (operation: string, input: unknown, output: unknown) => {
    answer = output;
    const command = Reflect.construct(Reflect.get(clientPackage, `${operation}Command`), [input]);
    const { $metadata: _, ...returned } = { $metadata: {}, ...(await client.send(command)) };
    return { arrived, returned };
  };
  return { described, exchange };
};

const schemasOf = (described: Service, name: string) => {
  const operation = described.operation(name);
  if (operation === undefined) throw new Error(`There is no operation ${name}.`);
  return operation;
};

/** A form has no way to write empty structures and maps; EC2's has none for empty lists either. */
const asForm = (value: unknown, keepsEmptyLists: boolean): unknown => {
  if (Array.isArray(value)) {
    const items = value.map((item) => asForm(item, keepsEmptyLists)).filter((item) => item !== undefined);
    return items.length > 0 || (keepsEmptyLists && value.length === 0) ? items : undefined;
  }
  if (typeof value !== 'object' || value === null || value instanceof Date || value instanceof Uint8Array)
    return value;
  const members = Object.entries(value).map(([name, member]) => [name, asForm(member, keepsEmptyLists)]);
  const written = members.filter(([, member]) => member !== undefined);
  return written.length === 0 ? undefined : Object.fromEntries(written);
};

const same = (value: unknown): unknown => value;
const asQueryForm = (value: unknown): unknown => asForm(value, true) ?? {};
const asEc2Form = (value: unknown): unknown => asForm(value, false) ?? {};

const directoryService = conversation('ds', ds, 'DirectoryServiceClient');
const compute = conversation('ec2', ec2, 'EC2Client');
const identities = conversation('iam', iam, 'IAMClient');
const databases = conversation('rds', rds, 'RDSClient');
const secrets = conversation('secretsmanager', secretsManager, 'SecretsManagerClient');
const workflows = conversation('states', sfn, 'SFNClient');
const topics = conversation('sns', sns, 'SNSClient');
const systems = conversation('ssm', ssm, 'SSMClient');

describe('what a client sends arrives, and what is answered is returned', () => {
  it.each([
    ['awsJson1_1', 'CreateMicrosoftAD', directoryService, same],
    ['awsJson1_1', 'DescribeDirectories', directoryService, same],
    ['awsJson1_1', 'PutSecretValue', secrets, same],
    ['awsJson1_1', 'GetSecretValue', secrets, same],
    ['awsJson1_1', 'CreateActivation', systems, same],
    ['awsJson1_1', 'SendCommand', systems, same],
    ['awsJson1_0', 'StartExecution', workflows, same],
    ['awsJson1_0', 'GetExecutionHistory', workflows, same],
    ['awsQuery', 'CreateDBInstance', databases, asQueryForm],
    ['awsQuery', 'DescribeDBInstances', databases, asQueryForm],
    ['awsQuery', 'GetRole', identities, asQueryForm],
    ['awsQuery', 'GetTopicAttributes', topics, asQueryForm],
    ['awsQuery', 'Publish', topics, asQueryForm],
    ['ec2Query', 'AuthorizeSecurityGroupIngress', compute, asEc2Form],
    ['ec2Query', 'DescribeSecurityGroups', compute, asEc2Form],
    ['ec2Query', 'DescribeRouteTables', compute, asEc2Form],
    ['ec2Query', 'RunInstances', compute, asEc2Form],
  ])('%s: %s', async (_protocol, operation, { described, exchange }, sent) => {
    const { input, output } = schemasOf(described, operation);
    await fc.assert(
      fc.asyncProperty(valuesOf(input), valuesOf(output), async (given, answer) => {
        const { arrived, returned } = await exchange(operation, given, answer);
        expect(arrived).toEqual(sent(given));
        expect(returned).toEqual(answer);
      }),
      { numRuns: 20 },
    );
  });
});
