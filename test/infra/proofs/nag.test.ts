import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { expect, it } from 'vitest';
import { z } from 'zod';
import type { Configuration } from '../../../infra/configuration.ts';
import { exampleConfiguration, stackOf } from '../../support/template.ts';

const reportSchema = z.object({
  pluginReports: z.array(
    z.object({
      pluginName: z.string(),
      violations: z.array(z.unknown()),
      suppressedViolations: z.array(z.object({ reason: z.string() })),
    }),
  ),
});

const example = exampleConfiguration();
const adopting: Configuration = {
  ...example,
  connections: example.connections.map((connection) => ({
    ...connection,
    directory: { directoryId: 'd-0123456789' },
    securityGroupIds: ['sg-0a1b2c3d4e5f60719'],
    kmsKeyIds: ['alias/databases'],
    existingInstances: [
      {
        identifier: 'archive',
        masterUserSecretArn: 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:archive-AbCdEf',
        securityGroupIds: ['sg-0a1b2c3d4e5f60719'],
      },
    ],
  })),
};
const withEndpoint = {
  ...example,
  login: { ...example.login, endpointSecurityGroupId: 'sg-0a1b2c3d4e5f60719' },
};

it.each([
  ['the example', example],
  ['an adopted directory and an existing instance', adopting],
  ["a given endpoint's group", withEndpoint],
])('cdk-nag finds nothing without a written reason in a stack of %s', async (_what, configuration) => {
  const { app } = await stackOf(configuration);
  Validations.of(app).addPlugins(new AwsSolutionsChecks());

  const { directory } = app.synth();

  const text = readFileSync(join(directory, 'validation-report.json'), 'utf8');
  const [report, ...others] = reportSchema.parse(JSON.parse(text)).pluginReports;
  expect(others).toEqual([]);
  expect(report).toMatchObject({ pluginName: 'AwsSolutions', violations: [] });
  expect(report?.suppressedViolations.length).toBeGreaterThan(20);
  expect(report?.suppressedViolations.filter(({ reason }) => reason === '')).toEqual([]);
});
