import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { App, Stage, Validations } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { FunctionName } from '../functions/functions.ts';
import { BadConfiguration, readConfiguration } from './configuration.ts';
import { readsOfFunctions } from './reads.ts';
import { ForestbridgeStack } from './stack.ts';

const codeOf = (name: FunctionName): Code =>
  Code.fromAsset(fileURLToPath(new URL(`../dist/functions/${name}`, import.meta.url)));

/** Synthesises the stack of the configuration in FORESTBRIDGE_CONFIGURATION, or in forestbridge.jsonc. */
const main = async (): Promise<void> => {
  const configuration = readConfiguration(process.env['FORESTBRIDGE_CONFIGURATION'] ?? 'forestbridge.jsonc');
  const reads = await readsOfFunctions();
  // Larger than an environment may be, so it travels with the code.
  writeFileSync(
    'dist/functions/validate-request/settings.json',
    JSON.stringify({ CONNECTIONS: JSON.stringify(configuration.connections) }),
  );
  const app = new App();
  Validations.of(app).addPlugins(new AwsSolutionsChecks());
  const { account, region } = configuration;
  const env = { account, region };
  const stack = new ForestbridgeStack(app, 'Forestbridge', { env, configuration, reads, codeOf });
  Stage.of(stack)?.synth();
};

try {
  await main();
} catch (error) {
  if (!(error instanceof BadConfiguration)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
