import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { normalisedRequestSchema, requestSchema } from '../../../functions/request/schema.ts';
import { parseConfiguration } from '../../../infra/configuration.ts';
import { templateOf } from '../../support/template.ts';

const example = readFileSync(new URL('../../../forestbridge.jsonc', import.meta.url), 'utf8');
const roleSchema = z.object({
  RoleName: z.string().optional(),
  AssumeRolePolicyDocument: z.object({ Statement: z.array(z.unknown()) }),
  Policies: z
    .array(
      z.object({
        PolicyDocument: z.object({
          Statement: z.array(
            z.object({
              Action: z.union([z.string().transform((one) => [one]), z.array(z.string())]),
              Resource: z.unknown(),
            }),
          ),
        }),
      }),
    )
    .default([]),
});

const configured = (old: string, value: string) => {
  expect(example).toContain(old);
  return parseConfiguration(example.replace(old, value), 'forestbridge.jsonc');
};

describe('the catalog in the stack', () => {
  let made: Awaited<ReturnType<typeof templateOf>>;
  beforeAll(async () => {
    made = await templateOf();
  }, 60_000);
  const roles = () =>
    made.resources
      .filter(({ Type }) => Type === 'AWS::IAM::Role')
      .map(({ Properties }) => roleSchema.parse(Properties));
  const whoMay = (action: string, resource: string): readonly (string | undefined)[] =>
    roles()
      .filter(({ Policies }) =>
        Policies.some(({ PolicyDocument }) =>
          PolicyDocument.Statement.some(
            ({ Action, Resource }) => Action.includes(action) && JSON.stringify(Resource).includes(resource),
          ),
        ),
      )
      .map(({ RoleName }) => RoleName);
  const only = (type: string) =>
    made.resources.filter(({ Type }) => Type === type).map(({ Properties }) => Properties)[0];
  const outputs = () =>
    z.record(z.string(), z.object({ Value: z.unknown() })).parse(made.template.toJSON()['Outputs']);

  it('has a product with a version that is named after its template', () => {
    expect(only('AWS::ServiceCatalog::CloudFormationProduct')).toMatchObject({
      Name: 'SQL Server for Windows users',
      ProvisioningArtifactParameters: [
        { Name: expect.stringMatching(/^[0-9a-f]{8}$/), DisableTemplateValidation: false },
      ],
    });
  });

  it('is for those alone who are configured', () => {
    const who = made.resources.filter(
      ({ Type }) => Type === 'AWS::ServiceCatalog::PortfolioPrincipalAssociation',
    );

    expect(who.map(({ Properties }) => Properties['PrincipalARN'])).toEqual([
      'arn:aws:iam::111122223333:role/application-team',
    ]);
  });

  it('launches with a role that has its own stacks, its template and one function', () => {
    const launch = roles().find(({ RoleName }) => RoleName === 'forestbridge-launch');

    expect(launch?.AssumeRolePolicyDocument.Statement).toEqual([
      {
        Action: 'sts:AssumeRole',
        Effect: 'Allow',
        Principal: { Service: 'servicecatalog.amazonaws.com' },
        Condition: {
          StringEquals: { 'aws:SourceAccount': '111122223333' },
          ArnLike: { 'aws:SourceArn': 'arn:aws:servicecatalog:eu-central-1:111122223333:*' },
        },
      },
    ]);
    const allowed = launch?.Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement) ?? [];
    expect(new Set(allowed.flatMap(({ Action }) => Action.map((action) => action.split(':')[0])))).toEqual(
      new Set(['cloudformation', 's3', 'lambda']),
    );
    expect(allowed.find(({ Action }) => Action.includes('cloudformation:CreateStack'))?.Resource).toBe(
      'arn:aws:cloudformation:eu-central-1:111122223333:stack/SC-111122223333-pp-*/*',
    );
    expect(allowed.find(({ Action }) => Action.includes('lambda:InvokeFunction'))?.Resource).toBe(
      'arn:aws:lambda:eu-central-1:111122223333:function:forestbridge-serve-catalog',
    );
    expect(only('AWS::ServiceCatalog::LaunchRoleConstraint')).toMatchObject({
      RoleArn: { 'Fn::GetAtt': [expect.stringMatching(/^Rolelaunch/), 'Arn'] },
    });
  });

  it('has one function that may start the workflow', () => {
    expect(whoMay('states:StartExecution', 'stateMachine:forestbridge-provision')).toEqual([
      'forestbridge-serve-catalog',
    ]);
    expect(whoMay('lambda:InvokeFunction', 'function:forestbridge-serve-catalog')).toEqual([
      'forestbridge-launch',
    ]);
  });

  it('tells people how to start an execution by hand', () => {
    const { SampleInput } = outputs();
    const read = requestSchema.parse(JSON.parse(String(SampleInput?.Value)));

    expect(normalisedRequestSchema.safeParse(read).success).toBe(true);
    expect(outputs()['StateMachine']).toBeDefined();
  });

  it('tells people what a domain controller must be allowed: the password of a trust, and nothing else', () => {
    const statements = JSON.stringify(outputs()['DomainControllerStatements']);

    expect(statements.match(/\\"Action\\":\\"[^"]+\\"/g)).toEqual([
      '\\"Action\\":\\"secretsmanager:GetSecretValue\\"',
      '\\"Action\\":\\"kms:Decrypt\\"',
    ]);
    expect(statements).toContain(':secret:forestbridge/*/trust-??????');
    expect(statements).toContain('secretsmanager.eu-central-1.amazonaws.com');
  });

  it('tells people which roles that are, by domain', async () => {
    const { connections, ...configuration } = parseConfiguration(example, 'forestbridge.jsonc');
    const named = (name: string, domainName: string, roles: readonly string[]) => {
      const [connection] = connections;
      if (connection === undefined) throw new Error('The example has no connection.');
      return {
        ...connection,
        name,
        domainName,
        domainControllers: roles.map((role) => ({
          managedNodeId: 'mi-0a1b2c3d4e5f60718',
          roleArn: `arn:aws:iam::111122223333:role/${role}`,
        })),
      };
    };
    const { template } = await templateOf({
      ...configuration,
      connections: [
        named('one', 'corp.example.com', ['a', 'b']),
        named('two', 'corp.example.com', ['b', 'c']),
        named('three', 'other.example.com', ['d']),
      ],
    });
    const text = JSON.stringify(template.toJSON()['Outputs']['DomainControllerStatements']);

    expect(
      [...text.matchAll(/\\"([a-z.]+)\\":\{\\"roles\\":\[(.*?)\]/g)].map(([, domain, roles = '']) => [
        domain,
        roles.match(/role\/\w/g),
      ]),
    ).toEqual([
      ['corp.example.com', ['role/a', 'role/b', 'role/c']],
      ['other.example.com', ['role/d']],
    ]);
  });

  it('describes every version of a workflow by what it does', () => {
    const described = made.resources.filter(({ Type }) => /StateMachine(Version|Alias)$/.test(Type));

    expect(described).toHaveLength(6);
    for (const { Properties } of described) expect(Properties['Description']).toMatch(/\w\.$/);
  });

  it('is none where no connection can hold a database', async () => {
    const { resources, template } = await templateOf(
      configured('"direction": "One-Way: Outgoing"', '"direction": "One-Way: Incoming"'),
    );

    expect(resources.filter(({ Type }) => Type.startsWith('AWS::ServiceCatalog'))).toEqual([]);
    expect(template.toJSON()['Outputs']).not.toHaveProperty('SampleInput');
  });

  it('is not offered over a connection that nobody could use', () => {
    expect(() =>
      configured('"nameSuffix": "aws.example.com"', `"nameSuffix": "${'a'.repeat(40)}.example.com"`),
    ).toThrow(/- connections\[0\]: nobody could ask for a database over this connection: .*directory\.name/s);
  });
});
