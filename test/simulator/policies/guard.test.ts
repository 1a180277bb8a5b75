import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Account } from '../../../simulator/account.ts';
import { Guard, type Principal } from '../../../simulator/policies/guard.ts';
import { readPolicy } from '../../../simulator/policies/policy.ts';
import { VirtualClock } from '../../../simulator/world/clock.ts';
import { World } from '../../../simulator/world/world.ts';
import { definition, task } from '../../support/state-machines.ts';

const secretArn = 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:sa-AbCdEf';
const roleArn = 'arn:aws:iam::111122223333:role/worker';
const functionArn = 'arn:aws:lambda:eu-central-1:111122223333:function:work:1';

const principal = (...Statement: readonly object[]): Principal => ({
  name: 'arn:aws:sts::111122223333:assumed-role/worker/worker',
  names: [roleArn],
  identity: [readPolicy('worker', 'identity', { Version: '2012-10-17', Statement })],
  context: { 'lambda:SourceFunctionArn': [functionArn] },
});

/** An account in which somebody with those rights signs with the key `worker`, and works as the role. */
const prepare = (...statements: readonly object[]) => {
  const world = new World(new VirtualClock(0), 1);
  world.secrets.place(secretArn, '{}');
  const guard = new Guard();
  const account = new Account(world, async () => 'done', undefined, guard);
  onTestFinished(() => account.close());
  const worker = principal(...statements);
  const { keyArn } = world;
  const enforce = (): void =>
    guard.enforce({
      signers: new Map<string, Principal | null>([
        ['worker', worker],
        ['operator', null],
      ]),
      roles: new Map([[roleArn, worker]]),
      resources: new Map(),
      keyArn,
    });
  const read = (accessKeyId: string) =>
    new SecretsManagerClient({
      region: world.region,
      requestHandler: account.endpoint.requestHandler(),
      maxAttempts: 1,
      credentials: { accessKeyId, secretAccessKey: 'simulated' },
    }).send(new GetSecretValueCommand({ SecretId: secretArn }));
  const carryOut = async () => {
    const { executions } = account;
    const machine = executions.register('machine', definition({ Work: task(functionArn) }), roleArn);
    const { arn } = executions.start(machine, 'one', {});
    await account.concluded(arn);
    return executions.find(arn)?.standing;
  };
  return { guard, enforce, read, carryOut };
};

const allow = (Action: string | readonly string[], Resource: string, Condition = {}) => ({
  Effect: 'Allow',
  Action,
  Resource,
  Condition,
});
const mayUseKey = allow(['kms:Decrypt', 'kms:GenerateDataKey'], '*');

describe('An account whose policies are enforced', () => {
  it('answers what is allowed, and remembers by which statement', async () => {
    const { guard, enforce, read } = prepare(allow('secretsmanager:GetSecretValue', secretArn));
    enforce();

    await expect(read('worker')).resolves.toMatchObject({ SecretString: '{}' });

    expect(guard.decided).toMatchObject([
      {
        access: { action: 'secretsmanager:GetSecretValue' },
        decision: { allowed: true, statements: [{ policy: 'worker', statement: '0' }] },
      },
    ]);
  });

  it("refuses what nobody allows, in AWS's words", async () => {
    const { guard, enforce, read } = prepare(allow('secretsmanager:DescribeSecret', secretArn));
    enforce();

    await expect(read('worker')).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: `User: arn:aws:sts::111122223333:assumed-role/worker/worker is not authorized to perform: secretsmanager:GetSecretValue on resource: ${secretArn} because no identity-based policy allows the secretsmanager:GetSecretValue action`,
    });
    expect(guard.decided).toMatchObject([{ decision: { allowed: false } }]);
  });

  it('knows which function calls', async () => {
    const notByItself = { ArnNotEquals: { 'lambda:SourceFunctionArn': functionArn } };
    const { enforce, read } = prepare(allow('secretsmanager:GetSecretValue', secretArn, notByItself));
    enforce();

    await expect(read('worker')).rejects.toThrow('is not authorized to perform');
  });

  it('lets its operator do everything, and a stranger nothing', async () => {
    const { guard, enforce, read } = prepare();
    enforce();

    await expect(read('operator')).resolves.toMatchObject({ SecretString: '{}' });
    await expect(read('stranger')).rejects.toMatchObject({ name: 'UnrecognizedClientException' });
    expect(guard.decided).toEqual([]);
  });

  it('is set up before', async () => {
    const { read, carryOut } = prepare();

    await expect(read('stranger')).resolves.toMatchObject({ SecretString: '{}' });
    expect(await carryOut()).toMatchObject({ status: 'SUCCEEDED' });
  });

  it('has a workflow call the functions that its role allows', async () => {
    const { enforce, carryOut } = prepare(mayUseKey, allow('lambda:InvokeFunction', functionArn));
    enforce();

    expect(await carryOut()).toMatchObject({ status: 'SUCCEEDED' });
  });

  it.each([
    ['lambda:InvokeFunction', functionArn, mayUseKey],
    [
      'kms:Decrypt',
      'arn:aws:kms:eu-central-1:111122223333:key/0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0',
      allow('lambda:InvokeFunction', functionArn),
    ],
  ])("fails a workflow's task without %s", async (action, resource, statement) => {
    const { enforce, carryOut } = prepare(statement);
    enforce();

    expect(await carryOut()).toMatchObject({
      status: 'FAILED',
      error: 'Lambda.AWSLambdaException',
      cause: expect.stringMatching(
        `is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action \\(Service: Lambda, Status Code: 40[03], Error Code: AccessDeniedException\\)$`,
      ),
    });
  });
});
