import * as ds from '@aws-sdk/client-directory-service';
import * as dynamodb from '@aws-sdk/client-dynamodb';
import * as ec2 from '@aws-sdk/client-ec2';
import * as iam from '@aws-sdk/client-iam';
import * as lambda from '@aws-sdk/client-lambda';
import * as rds from '@aws-sdk/client-rds';
import { describe, expect, it } from 'vitest';
import { AnswerCutOff } from '../../../simulator/wire/answer-cut-off.ts';
import { ConnectionLost } from '../../../simulator/wire/connection-lost.ts';
import { Endpoint, type EndpointOptions } from '../../../simulator/wire/endpoint.ts';
import type { Operations } from '../../../simulator/wire/operations.ts';
import { service } from '../../../simulator/wire/service.ts';
import { ServiceError } from '../../../simulator/wire/service-error.ts';
import { configurationFor } from '../../support/configuration.ts';

/** A Directory Service that makes directories, behind an interceptor. */
const directoryService = (options: EndpointOptions = {}) => {
  const made: (string | undefined)[] = [];
  const operations: Operations<typeof ds> = {
    CreateMicrosoftAD({ Name }) {
      made.push(Name);
      return { DirectoryId: `d-${made.length}` };
    },
  };
  const endpoint = new Endpoint([service('ds', ds, operations)], options);
  const client = new ds.DirectoryServiceClient(configurationFor(endpoint));
  const create = () =>
    client.send(
      new ds.CreateMicrosoftADCommand({
        Name: 'corp.example.com',
        Password: 'p',
        VpcSettings: { VpcId: 'vpc-1', SubnetIds: ['subnet-1'] },
      }),
    );
  return { made, client, create };
};

const around = () => Promise.reject(new AnswerCutOff());

describe('Endpoint', () => {
  it('hands a handler its input and who called', async () => {
    const seen: unknown[] = [];
    const operations: Operations<typeof ds> = {
      DescribeDirectories(input, call) {
        seen.push(input, call);
        return {};
      },
    };
    const endpoint = new Endpoint([service('ds', ds, operations)]);

    await new ds.DirectoryServiceClient(configurationFor(endpoint)).send(
      new ds.DescribeDirectoriesCommand({ DirectoryIds: ['d-1'] }),
    );

    expect(seen).toEqual([
      { DirectoryIds: ['d-1'] },
      { service: 'ds', operation: 'DescribeDirectories', accessKeyId: 'AKIDEXAMPLE' },
    ]);
  });

  it('gives every answer an id of its own', async () => {
    const { create, client } = directoryService();

    const first = await create();
    const second = await client.send(new ds.DescribeTrustsCommand({})).catch((error: unknown) => error);

    expect(first.$metadata.requestId).toBe('00000000-0000-4000-8000-000000000001');
    expect(second).toMatchObject({ $metadata: { requestId: '00000000-0000-4000-8000-000000000002' } });
  });

  it('refuses an operation that it does not know', async () => {
    const { client } = directoryService();

    await expect(client.send(new ds.DescribeTrustsCommand({}))).rejects.toMatchObject({
      name: 'UnknownOperationException',
      message: 'The simulated ds does not know DescribeTrusts.',
    });
  });

  it('refuses a service that it does not know', async () => {
    const configuration = configurationFor(new Endpoint([]));
    const expected = { name: 'UnknownOperationException', $metadata: { httpStatusCode: 400 } };

    const json = new ds.DirectoryServiceClient(configuration).send(new ds.DescribeTrustsCommand({}));
    const query = new rds.RDSClient(configuration).send(new rds.DescribeDBInstancesCommand({}));
    const compute = new ec2.EC2Client(configuration).send(new ec2.DescribeVpcsCommand({}));

    await expect(json).rejects.toMatchObject(expected);
    await expect(query).rejects.toMatchObject(expected);
    await expect(compute).rejects.toMatchObject(expected);
  });
});

describe("Endpoint's interceptor", () => {
  it('sees each call and its answer', async () => {
    const seen: unknown[] = [];
    const { create } = directoryService({
      async around({ service, operation, accessKeyId, input }, answer) {
        const output = await answer();
        seen.push({ service, operation, accessKeyId, input, output });
        return output;
      },
    });

    await create();

    expect(seen).toMatchObject([
      {
        service: 'ds',
        operation: 'CreateMicrosoftAD',
        accessKeyId: 'AKIDEXAMPLE',
        input: { Name: 'corp.example.com', VpcSettings: { SubnetIds: ['subnet-1'] } },
        output: { DirectoryId: 'd-1' },
      },
    ]);
  });

  it('can refuse a call before it is carried out', async () => {
    const throttled = new ServiceError('ThrottlingException', 'Rate exceeded');
    const { create, made } = directoryService({ around: () => Promise.reject(throttled) });

    await expect(create()).rejects.toMatchObject({ name: 'ThrottlingException', message: 'Rate exceeded' });
    expect(made).toEqual([]);
  });

  it('can have a call carried out twice', async () => {
    const { create, made } = directoryService({
      async around(_call, answer) {
        await answer();
        return answer();
      },
    });

    expect(await create()).toMatchObject({ DirectoryId: 'd-2' });
    expect(made).toHaveLength(2);
  });

  it('can lose the answer of a call that was carried out', async () => {
    const { create, made } = directoryService({
      async around(_call, answer) {
        await answer();
        throw new ConnectionLost();
      },
    });

    await expect(create()).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(made).toHaveLength(1);
  });

  it('can cut off the answer of a call that was carried out, after its status', async () => {
    const { create, made } = directoryService({
      async around(_call, answer) {
        await answer();
        throw new AnswerCutOff();
      },
    });

    await expect(create()).rejects.toMatchObject({
      code: 'ECONNRESET',
      $metadata: { httpStatusCode: 200 },
    });
    expect(made).toHaveLength(1);
  });

  it('cuts off the answers of all protocols alike', async () => {
    const services = [
      service('dynamodb', dynamodb, { PutItem: () => ({}) }),
      service('ec2', ec2, { DeleteVpc: () => ({}) }),
      service('iam', iam, { DeleteRole: () => ({}) }),
      service('lambda', lambda, { Invoke: () => ({}) }),
    ];
    const configuration = configurationFor(new Endpoint(services, { around }));

    const calls = [
      new dynamodb.DynamoDBClient(configuration).send(
        new dynamodb.PutItemCommand({ TableName: 't', Item: {} }),
      ),
      new ec2.EC2Client(configuration).send(new ec2.DeleteVpcCommand({ VpcId: 'vpc-1' })),
      new iam.IAMClient(configuration).send(new iam.DeleteRoleCommand({ RoleName: 'r' })),
      new lambda.LambdaClient(configuration).send(new lambda.InvokeCommand({ FunctionName: 'f' })),
    ];

    for (const call of calls)
      await expect(call).rejects.toMatchObject({ $metadata: { httpStatusCode: 200 } });
  });
});
