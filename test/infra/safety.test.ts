import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { exampleConfiguration, type Resources, templateOf } from '../support/template.ts';

type Found = readonly [path: string, value: unknown];

/** Everything in a value, by the path that leads to it. */
const within = (value: unknown, path = ''): readonly Found[] => {
  if (typeof value !== 'object' || value === null) return [];
  const entries = Object.entries(value).map(
    ([name, each]) => [path === '' ? name : `${path}.${name}`, each] as const,
  );
  return entries.concat(entries.flatMap(([inner, each]) => within(each, inner)));
};

const list = z.preprocess((value) => [value].flat(), z.array(z.unknown()));
const statementSchema = z.object({
  Effect: z.enum(['Allow', 'Deny']),
  Action: list,
  Principal: z.unknown().optional(),
  Condition: z.unknown().optional(),
});

/** Where a resource says that its data is encrypted by our key, and how retentions end. */
const encryptions: Readonly<Record<string, string>> = {
  'AWS::DynamoDB::Table': 'SSESpecification.KMSMasterKeyId',
  'AWS::SNS::Topic': 'KmsMasterKeyId',
  'AWS::SQS::Queue': 'KmsMasterKeyId',
  'AWS::Logs::LogGroup': 'KmsKeyId',
  'AWS::StepFunctions::StateMachine': 'EncryptionConfiguration.KmsKeyId',
  'AWS::Scheduler::Schedule': 'KmsKeyArn',
  'AWS::S3::Bucket': 'BucketEncryption.ServerSideEncryptionConfiguration',
  'AWS::SecretsManager::Secret': 'KmsKeyId',
};

describe('the template', () => {
  let resources: Resources;
  let everything: readonly Found[];
  beforeAll(async () => {
    const { template, byId } = await templateOf(exampleConfiguration());
    resources = byId;
    everything = within(template.toJSON());
  });
  const ofType = (type: string) =>
    Object.entries(resources).flatMap(([id, { Type, Properties }]) =>
      Type === type ? [[id, new Map(within(Properties))] as const] : [],
    );
  const statements = () =>
    everything
      .filter(([path]) => /Statement\.\d+$/.test(path))
      .map(([path, value]) => [path, statementSchema.parse(value)] as const);

  it('allows no action by a wildcard, in no policy', () => {
    expect(statements().length).toBeGreaterThan(100);
    const wide = statements().filter(
      ([, { Effect, Action }]) => Effect === 'Allow' && Action.some((action) => String(action).includes('*')),
    );
    expect(wide.map(([path]) => path)).toEqual([]);
  });

  it('lets in nobody without saying who or when', () => {
    const open = statements().filter(
      ([, { Effect, Principal }]) =>
        Effect === 'Allow' && Principal !== undefined && JSON.stringify(Principal).includes('"*"'),
    );
    expect(open.map(([path]) => path)).toEqual([]);
    for (const [id, permission] of ofType('AWS::Lambda::Permission')) {
      expect(permission.get('Principal'), id).not.toBe('*');
      expect(permission.get('SourceArn') ?? permission.get('SourceAccount'), id).toBeDefined();
    }
  });

  it('lets a service in for something of this account alone', () => {
    const byServices = statements().filter(
      ([, { Effect, Principal }]) =>
        Effect === 'Allow' && JSON.stringify(Principal ?? null).includes('amazonaws.com'),
    );
    const unbound = byServices.filter(
      ([, { Principal, Condition }]) =>
        // Lambda alone does not say for whom it takes on a role.
        JSON.stringify(Principal) !== '{"Service":"lambda.amazonaws.com"}' && Condition === undefined,
    );
    expect(byServices.length).toBeGreaterThan(20);
    expect(unbound).toEqual([]);
  });

  it('has no password in it: every field for one is a reference', () => {
    const fields = everything.filter(
      ([path]) =>
        /(password|secretstring|privatekey|apikey|credentials?)$/i.test(path) && !path.startsWith('Outputs'),
    );
    const inClear = fields.filter(
      ([, value]) => typeof value === 'string' && !value.startsWith('{{resolve:secretsmanager:'),
    );
    expect(inClear.map(([path]) => path)).toEqual([]);
    const hidden = everything.filter(([path]) => path.endsWith('.NoEcho'));
    expect(hidden).toEqual([]);
  });

  it('encrypts whatever keeps something, by a key that rotates', () => {
    for (const [type, path] of Object.entries(encryptions))
      for (const [id, properties] of ofType(type))
        expect(properties.get(path), `${id}: ${path}`).toBeDefined();
    expect(ofType('AWS::KMS::Key').map(([, key]) => key.get('EnableKeyRotation'))).toEqual([true]);
  });

  it('lets queues and topics be reached by TLS alone', () => {
    const insisting = statements().filter(
      ([, { Effect, Condition }]) =>
        Effect === 'Deny' && JSON.stringify(Condition) === '{"Bool":{"aws:SecureTransport":"false"}}',
    );
    expect(insisting).toHaveLength(
      ofType('AWS::SQS::Queue').length + ofType('AWS::SNS::Topic').length + ofType('AWS::S3::Bucket').length,
    );
  });

  it('has each function and workflow write a log of the template, which ends', () => {
    const logs = new Set(ofType('AWS::Logs::LogGroup').map(([id]) => id));
    for (const [id, log] of ofType('AWS::Logs::LogGroup'))
      expect(log.get('RetentionInDays'), id).toBeGreaterThan(0);
    for (const [id, made] of ofType('AWS::Lambda::Function'))
      expect(logs, id).toContain(made.get('LoggingConfig.LogGroup.Ref'));
    for (const [id, machine] of ofType('AWS::StepFunctions::StateMachine')) {
      const path = 'LoggingConfiguration.Destinations.0.CloudWatchLogsLogGroup.LogGroupArn.Fn::GetAtt.0';
      expect(logs, id).toContain(machine.get(path));
    }
  });

  it('has nothing that the world can reach', () => {
    const types = new Set(Object.values(resources).map(({ Type }) => Type));
    for (const type of ['AWS::Lambda::Url', 'AWS::EC2::InternetGateway', 'AWS::EC2::EIP'])
      expect(types).not.toContain(type);
    const open = everything.filter(
      ([path, value]) =>
        /(PubliclyAccessible|MapPublicIpOnLaunch|AssociatePublicIpAddress)$/.test(path) && value !== false,
    );
    expect(open).toEqual([]);
    expect(JSON.stringify(resources)).not.toMatch(/0\.0\.0\.0\/0|::\/0/);
    for (const [id, bucket] of ofType('AWS::S3::Bucket'))
      for (const each of [
        'BlockPublicAcls',
        'BlockPublicPolicy',
        'IgnorePublicAcls',
        'RestrictPublicBuckets',
      ])
        expect(bucket.get(`PublicAccessBlockConfiguration.${each}`), id).toBe(true);
  });

  it.each([
    ['names every directory', [{ directoryId: 'd-0123456789' }]],
    ['connects nobody', []],
  ])('grants less where the configuration %s', async (_what, directories) => {
    const configuration = exampleConfiguration();
    const connections = configuration.connections.flatMap((connection) =>
      directories.map((directory) => ({ ...connection, directory })),
    );

    const { template } = await templateOf({ ...configuration, connections });

    const all = within(template.toJSON());
    expect(JSON.stringify(all)).not.toContain('ds:CreateMicrosoftAD');
    const empty = all.filter(
      ([path, value]) => /Statement/.test(path) && Array.isArray(value) && value.length === 0,
    );
    expect(empty).toEqual([]);
  });
});
