import { readFileSync } from 'node:fs';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { z } from 'zod';
import { type Configuration, parseConfiguration } from '../../infra/configuration.ts';
import { readsOfFunctions } from '../../infra/reads.ts';
import { ForestbridgeStack } from '../../infra/stack.ts';

const file = new URL('../../forestbridge.jsonc', import.meta.url);

/** The configuration that a fresh clone has. */
export const exampleConfiguration = (): Configuration =>
  parseConfiguration(readFileSync(file, 'utf8'), 'forestbridge.jsonc');

const resourcesSchema = z.record(
  z.string(),
  z.object({
    Type: z.string(),
    Properties: z.record(z.string(), z.unknown()).default({}),
    DeletionPolicy: z.string().optional(),
    UpdateReplacePolicy: z.string().optional(),
  }),
);
export type Resources = z.output<typeof resourcesSchema>;

/** The stack of a configuration, in an app of its own. */
export const stackOf = async (configuration: Configuration) => {
  const { account, region } = configuration;
  const app = new App({
    analyticsReporting: false,
    treeMetadata: false,
    builtinCloudFormationValidation: false,
  });
  const stack = new ForestbridgeStack(app, 'Forestbridge', {
    env: { account, region },
    configuration,
    reads: await readsOfFunctions(),
    codeOf: () => Code.fromInline('export const handler = () => {};'),
  });
  return { app, stack };
};

const synthesised = async (configuration: Configuration) => {
  const { stack } = await stackOf(configuration);
  const template = Template.fromStack(stack);
  const byId: Resources = resourcesSchema.parse(template.toJSON()['Resources']);
  return { template, byId, resources: Object.values(byId) };
};

const templates = new Map<string, ReturnType<typeof synthesised>>();

/**
 * A template's resources by their logical ids, and the template as CDK's assertions take it. Synthesising takes longer
 * than many a scenario, so it is done once for a configuration.
 */
export const templateOf = (configuration = exampleConfiguration()): ReturnType<typeof synthesised> => {
  const key = JSON.stringify(configuration);
  const template = templates.get(key) ?? synthesised(configuration);
  templates.set(key, template);
  return template;
};
