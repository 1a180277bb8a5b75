import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Configuration, configurationSchema } from '../../infra/configuration.ts';
import { policySizes } from '../../infra/policy-sizes.ts';
import { exampleConfiguration, templateOf } from '../support/template.ts';
import { resourcesOf } from '../support/template-permissions.ts';

const world = {
  accountId: '111122223333',
  region: 'eu-central-1',
  keyArn: 'arn:aws:kms:eu-central-1:111122223333:key/0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0',
} as const;

const roleSchema = z.object({
  RoleName: z.string().optional(),
  Policies: z.array(z.object({ PolicyDocument: z.unknown() })).default([]),
});

const unlike = (index: number) => index.toString(16).padStart(2, '0');

/** The example with that many companies, each with networks of its own. */
const companies = (count: number): Configuration => {
  const configuration = exampleConfiguration();
  const connections = configuration.connections.flatMap((connection) =>
    Array.from({ length: count }, (_, index) => ({
      ...connection,
      name: `company-${index}`,
      vpcIds: [`vpc-0a1b2c3d4e5f607${unlike(index)}`],
      subnetIds: [0, 1, 2, 3].map((each) => `subnet-0a1b2c3d4e5f60${each}${unlike(index)}`),
    })),
  );
  return { ...configuration, connections };
};

/** The characters of each role's policies in the template. */
const inTemplate = async (configuration: Configuration) => {
  const { byId: resources } = await templateOf(configuration);
  const roles = resourcesOf({ world, resources, given: new Map() }, 'AWS::IAM::Role', roleSchema);
  return new Map(
    roles.map(([id, { RoleName = id, Policies }]) => [
      RoleName,
      Policies.map(({ PolicyDocument }) => JSON.stringify(PolicyDocument).replaceAll(/\s/g, '')).join('')
        .length,
    ]),
  );
};

const problemsOf = (configuration: Configuration) =>
  configurationSchema
    .safeParse(configuration)
    .error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? [];

describe("the policies' sizes", () => {
  it('are measured before synthesis as they are in the template', async () => {
    const sizes = await inTemplate(companies(3));

    for (const [role, size] of policySizes(companies(3)))
      expect([role, size]).toEqual([role, sizes.get(role)]);
  });

  it('are as IAM allows them, for every role, wherever the configuration is taken', async () => {
    const most = Array.from({ length: 30 }, (_, index) => companies(index + 1)).findLast(
      (each) => problemsOf(each).length === 0,
    );

    expect(most?.connections.length).toBeGreaterThan(5);
    const sizes = await inTemplate(most ?? exampleConfiguration());
    expect(Math.max(...sizes.values())).toBeLessThanOrEqual(10_240);
    expect(Math.max(...sizes.values())).toBeGreaterThan(9000);
  });

  it('are told, with what to do, where IAM would not take them', () => {
    const [problem, ...others] = problemsOf(companies(30));

    expect(others).toEqual([]);
    expect(problem).toMatch(
      /^connections: leave connections, or ids in them, to a deployment in another account: the role forestbridge-ensure-directory would have a policy of \d{5} characters, and IAM allows 10240$/,
    );
  });
});
