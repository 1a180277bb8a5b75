import * as ds from '@aws-sdk/client-directory-service';
import * as ec2 from '@aws-sdk/client-ec2';
import * as iam from '@aws-sdk/client-iam';
import * as lambda from '@aws-sdk/client-lambda';
import * as rds from '@aws-sdk/client-rds';
import * as secretsManager from '@aws-sdk/client-secrets-manager';
import * as sfn from '@aws-sdk/client-sfn';
import * as sns from '@aws-sdk/client-sns';
import * as ssm from '@aws-sdk/client-ssm';
import * as sts from '@aws-sdk/client-sts';
import { describe, expect, it, vi } from 'vitest';
import { Endpoint } from '../../../simulator/wire/endpoint.ts';
import { service } from '../../../simulator/wire/service.ts';
import { ServiceError } from '../../../simulator/wire/service-error.ts';
import { configurationFor } from '../../support/configuration.ts';

const message = 'No <such> thing & "no" other.';
const arn = 'arn:aws:sns:eu-west-1:123456789012:topic';
const services = [
  service('ds', ds, {}),
  service('ec2', ec2, {}),
  service('iam', iam, {}),
  service('lambda', lambda, {}),
  service('rds', rds, {}),
  service('secretsmanager', secretsManager, {}),
  service('states', sfn, {}),
  service('sns', sns, {}),
  service('ssm', ssm, {}),
  service('sts', sts, {}),
];

/** An account in which every call fails like that. */
const failing = (error: ServiceError) => {
  const configuration = configurationFor(new Endpoint(services, { around: () => Promise.reject(error) }));
  return {
    ds: () => new ds.DirectoryServiceClient(configuration).send(new ds.DescribeDirectoriesCommand({})),
    ec2: () => new ec2.EC2Client(configuration).send(new ec2.DescribeVpcsCommand({})),
    iam: () => new iam.IAMClient(configuration).send(new iam.GetRoleCommand({ RoleName: 'r' })),
    lambda: () =>
      new lambda.LambdaClient(configuration).send(new lambda.InvokeCommand({ FunctionName: 'f' })),
    rds: () => new rds.RDSClient(configuration).send(new rds.DescribeDBInstancesCommand({})),
    secretsmanager: () =>
      new secretsManager.SecretsManagerClient(configuration).send(
        new secretsManager.GetSecretValueCommand({ SecretId: 's' }),
      ),
    states: () =>
      new sfn.SFNClient(configuration).send(new sfn.DescribeExecutionCommand({ executionArn: arn })),
    sns: () => new sns.SNSClient(configuration).send(new sns.GetTopicAttributesCommand({ TopicArn: arn })),
    ssm: () =>
      new ssm.SSMClient(configuration).send(
        new ssm.GetCommandInvocationCommand({ CommandId: 'c', InstanceId: 'i-1' }),
      ),
    sts: () => new sts.STSClient(configuration).send(new sts.GetCallerIdentityCommand({})),
  };
};

describe('an error that a service answers with', () => {
  it.each([
    ['ds', 'EntityDoesNotExistException', ds.EntityDoesNotExistException, 400],
    ['iam', 'NoSuchEntity', iam.NoSuchEntityException, 404],
    ['iam', 'NoSuchEntityException', iam.NoSuchEntityException, 404],
    ['lambda', 'ResourceNotFoundException', lambda.ResourceNotFoundException, 404],
    ['rds', 'DBInstanceNotFound', rds.DBInstanceNotFoundFault, 404],
    ['rds', 'DBInstanceNotFoundFault', rds.DBInstanceNotFoundFault, 404],
    ['secretsmanager', 'ResourceNotFoundException', secretsManager.ResourceNotFoundException, 400],
    ['states', 'ExecutionDoesNotExist', sfn.ExecutionDoesNotExist, 400],
    ['sns', 'NotFound', sns.NotFoundException, 404],
    ['ssm', 'InvocationDoesNotExist', ssm.InvocationDoesNotExist, 400],
    ['sts', 'ExpiredTokenException', sts.ExpiredTokenException, 400],
  ] as const)('is in %s, thrown as %s, the modelled class', async (name, code, modelled, status) => {
    const call = failing(new ServiceError(code, message))[name];

    const error: unknown = await call().catch((thrown: unknown) => thrown);

    expect(error).toBeInstanceOf(modelled);
    expect(error).toMatchObject({ message, $metadata: { httpStatusCode: status } });
  });

  it('keeps a code that no model knows', async () => {
    const { ec2, ds } = failing(new ServiceError('InvalidVpcID.NotFound', message, {}, 418));
    const expected = { name: 'InvalidVpcID.NotFound', message, $metadata: { httpStatusCode: 418 } };

    await expect(ec2()).rejects.toMatchObject(expected);
    await expect(ds()).rejects.toMatchObject(expected);
  });

  it('carries its modelled members', async () => {
    const { ds } = failing(new ServiceError('AccessDeniedException', message, { RequestId: 'r-1' }));

    await expect(ds()).rejects.toMatchObject({ name: 'AccessDeniedException', message, RequestId: 'r-1' });
  });
});

describe('an error that nobody meant', () => {
  it('is told of and answered as an internal failure', async () => {
    const bugs: unknown[] = [];
    const bug = new TypeError('x is not a function');
    const endpoint = new Endpoint([service('ds', ds, { DescribeDirectories: () => Promise.reject(bug) })], {
      onBug: (error, call) => bugs.push(error, call),
    });
    const client = new ds.DirectoryServiceClient(configurationFor(endpoint));

    const answer = client.send(new ds.DescribeDirectoriesCommand({}));

    await expect(answer).rejects.toMatchObject({
      name: 'InternalFailure',
      message: bug.message,
      $metadata: { httpStatusCode: 500 },
    });
    expect(bugs).toEqual([
      bug,
      { service: 'ds', operation: 'DescribeDirectories', accessKeyId: 'AKIDEXAMPLE' },
    ]);
  });

  it('is printed where nobody is told of it', async () => {
    const print = vi.spyOn(console, 'error').mockImplementation(() => {});
    const bug = new TypeError('x is not a function');
    const endpoint = new Endpoint([service('ds', ds, {})], { around: () => Promise.reject(bug) });
    const client = new ds.DirectoryServiceClient(configurationFor(endpoint));

    await client.send(new ds.DescribeTrustsCommand({})).catch(() => {});

    expect(print).toHaveBeenCalledExactlyOnceWith('The simulator failed in ds DescribeTrusts:', bug);
    print.mockRestore();
  });
});
