import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { functions } from '../../functions/functions.ts';
import { documents } from '../../run-command/documents.ts';
import { templateOf } from '../support/template.ts';

const list = z
  .union([z.string(), z.record(z.string(), z.unknown())])
  .transform((one) => [one])
  .or(z.array(z.unknown()));
const statements = z.array(
  z.object({
    Effect: z.string(),
    Action: list,
    Resource: list.default([]),
    Condition: z.unknown().optional(),
  }),
);
const policy = z.object({ Statement: statements });

describe('the stack', () => {
  let made: Awaited<ReturnType<typeof templateOf>>;
  beforeAll(async () => {
    made = await templateOf();
  }, 60_000);
  const all = (type: string) =>
    made.resources.filter(({ Type }) => Type === type).map(({ Properties }) => Properties);
  const allStatements = () =>
    all('AWS::IAM::Role').flatMap(({ Policies = [] }) =>
      z
        .array(z.object({ PolicyDocument: policy }))
        .parse(Policies)
        .flatMap(({ PolicyDocument }) => PolicyDocument.Statement),
    );

  it('has every function, on its own role, with a log that ends', () => {
    const names = all('AWS::Lambda::Function').map(({ FunctionName }) => String(FunctionName));
    expect(names.toSorted()).toEqual(
      Object.keys(functions)
        .map((name) => `forestbridge-${name}`)
        .toSorted(),
    );
    made.template.allResourcesProperties('AWS::Lambda::Function', {
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      TracingConfig: { Mode: 'Active' },
    });
    made.template.allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: 365 });
    for (const { KmsKeyId } of all('AWS::Logs::LogGroup')) expect(KmsKeyId).toBeDefined();
  });

  it('gives a function nothing to read that it does not ask for', () => {
    const environments = new Map(
      all('AWS::Lambda::Function').map(({ FunctionName, Environment }) => [
        FunctionName,
        Object.keys(
          z.object({ Variables: z.object({}).loose() }).parse(Environment ?? { Variables: {} }).Variables,
        ),
      ]),
    );

    expect(environments.get('forestbridge-create-windows-logins')).toEqual(['DATABASE_CA_FILE']);
    expect(environments.get('forestbridge-verify-trust')).toEqual([]);
    expect(environments.get('forestbridge-conclude')?.toSorted()).toEqual(['LEDGER_TABLE', 'TOPIC_ARN']);
  });

  it('has its workflows in the template, encrypted, logged without data and traced', () => {
    const machines = all('AWS::StepFunctions::StateMachine');
    expect(machines.map(({ StateMachineName }) => StateMachineName)).toEqual([
      'forestbridge-provision',
      'forestbridge-check-trusts',
      'forestbridge-watch-update',
    ]);
    for (const { DefinitionString, DefinitionSubstitutions } of machines) {
      const placeholders = new Set(
        [...String(DefinitionString).matchAll(/\$\{(\w+)\}/g)].map(([, name = '']) => name),
      );
      expect(new Set(Object.keys(z.object({}).loose().parse(DefinitionSubstitutions)))).toEqual(placeholders);
    }
    made.template.allResourcesProperties('AWS::StepFunctions::StateMachine', {
      LoggingConfiguration: { IncludeExecutionData: false, Level: 'ALL' },
      TracingConfiguration: { Enabled: true },
      EncryptionConfiguration: { Type: 'CUSTOMER_MANAGED_KMS_KEY' },
    });
  });

  it('keeps the versions of its code', () => {
    const versions = made.resources.filter(({ Type }) =>
      /^AWS::(Lambda|StepFunctions::StateMachine)(::)?Version$/.test(Type),
    );
    expect(versions.length).toBeGreaterThan(20);
    expect(new Set(versions.map(({ DeletionPolicy }) => DeletionPolicy))).toEqual(new Set(['Retain']));
  });

  it('keeps the documents that it pins, each as the text whose hash is pinned', () => {
    const kept = made.resources.filter(({ Type }) => Type === 'AWS::SSM::Document');
    const byName = new Map(
      kept.map(({ Properties: { Name, Content } }) => [
        String(Name),
        createHash('sha256').update(String(Content)).digest('hex'),
      ]),
    );
    expect(kept.map(({ DeletionPolicy }) => DeletionPolicy)).toEqual(kept.map(() => 'RetainExceptOnCreate'));
    expect(byName).toEqual(
      new Map(documents().map(({ name, hash }) => [`forestbridge-${name}-${hash.slice(0, 12)}`, hash])),
    );
  });

  it('loses no event on which a function fails', () => {
    const keeping = made.resources
      .filter(({ Properties: { DeadLetterConfig } }) => DeadLetterConfig !== undefined)
      .map(({ Properties }) => String(Properties['FunctionName']));
    expect(keeping.toSorted()).toEqual(['forestbridge-conclude', 'forestbridge-serve-catalog']);
  });

  it('keeps a ledger that nobody deletes by mistake', () => {
    made.template.hasResource('AWS::DynamoDB::Table', {
      Properties: {
        TableName: 'forestbridge-ledger',
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
      },
      DeletionPolicy: 'RetainExceptOnCreate',
    });
  });

  it('passes one role only', () => {
    const passed = allStatements().filter(({ Action }) => Action.includes('iam:PassRole'));
    expect(passed.length).toBeGreaterThan(0);
    for (const { Resource } of passed)
      expect(Resource).toEqual(['arn:aws:iam::111122223333:role/forestbridge-rds-domain']);
  });

  it('sends commands by its own documents to the configured nodes alone, and changes no document', () => {
    const sending = allStatements().filter(({ Action }) => Action.includes('ssm:SendCommand'));
    expect(sending).toHaveLength(1);
    const resources = sending.flatMap(({ Resource }) => Resource);
    expect(resources.length).toBeGreaterThan(1);
    for (const resource of resources)
      expect(resource).toMatch(
        /^arn:aws:ssm:eu-central-1:111122223333:(document\/forestbridge-|managed-instance\/mi-0a1b2c3d4e5f60718$)/,
      );
    const actions = allStatements().flatMap(({ Action }) => Action.map(String));
    expect(actions.filter((action) => /^ssm:.*Document/.test(action))).toEqual([]);
  });

  it('puts the login function alone into the VPC', () => {
    const inVpc = all('AWS::Lambda::Function').filter(({ VpcConfig }) => VpcConfig !== undefined);
    expect(inVpc.map(({ FunctionName }) => FunctionName)).toEqual(['forestbridge-create-windows-logins']);
  });
});
