import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { App, Stage, Validations } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { FunctionName } from '../functions/functions.ts';
import { BadConfiguration, configurationFile, readConfiguration } from './configuration.ts';
import { knowsRegion } from './rds-roots.ts';
import { readsOfFunctions } from './reads.ts';
import { ForestbridgeStack } from './stack.ts';

const codeOf = (name: FunctionName): Code =>
  Code.fromAsset(fileURLToPath(new URL(`../dist/functions/${name}`, import.meta.url)));

const unknownRegion = (region: string): string =>
  `The login function would not know RDS in ${region}, whose certificates came after those that travel with it. Get them from https://truststore.pki.rds.amazonaws.com/${region}/${region}-bundle.pem and run npm run bundle -- --rds-roots FILE && npx cdk deploy.`;

const synthesise = async (bundled: Promise<unknown>): Promise<void> => {
  const reads = await readsOfFunctions();
  await bundled;
  const configuration = readConfiguration(configurationFile());
  const roots = readFileSync('dist/functions/create-windows-logins/rds-roots.pem', 'utf8');
  if (!knowsRegion(roots, configuration.region, new Date()))
    throw new BadConfiguration(unknownRegion(configuration.region));
  // Larger than an environment may be, so it travels with the code.
  const settings = JSON.stringify({ CONNECTIONS: JSON.stringify(configuration.connections) });
  for (const [name, reading] of reads)
    if (reading.includes('CONNECTIONS')) writeFileSync(`dist/functions/${name}/settings.json`, settings);
  // CDK's own check of the template takes longer than all the rest; CloudFormation checks it anyway. Nobody reads the tree.
  const outdir = process.env['CDK_OUTDIR'] ?? 'dist/cdk';
  const app = new App({ outdir, treeMetadata: false, builtinCloudFormationValidation: false });
  Validations.of(app).addPlugins(new AwsSolutionsChecks());
  const { account, region } = configuration;
  const env = { account, region };
  const stack = new ForestbridgeStack(app, 'Forestbridge', { env, configuration, reads, codeOf });
  Stage.of(stack)?.synth();
};

/**
 * Synthesises the stack of the configuration in FORESTBRIDGE_CONFIGURATION, or in forestbridge.jsonc, once the functions
 * are bundled; says in one message what is wrong with it.
 */
export const synth = async (bundled: Promise<unknown>): Promise<void> => {
  try {
    await synthesise(bundled);
  } catch (error) {
    if (!(error instanceof BadConfiguration)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
};
