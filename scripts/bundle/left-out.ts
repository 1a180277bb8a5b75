import type { Plugin } from 'esbuild';

interface Replacement {
  readonly reason: string;
  /** What is imported, as the import writes it. */
  readonly imported: RegExp;
  readonly contents: string;
}

/** What stands in for modules that do nothing in Lambda, or that none of our functions comes to. */
const replacements: readonly Replacement[] = [
  {
    reason: 'Lambda gives the credentials in the environment; no other provider is asked.',
    imported: /^@aws-sdk\/credential-provider-node$/,
    contents: "export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';",
  },
  {
    reason: 'Lambda has no ~/.aws/config; what it sets stands in the environment.',
    imported: /\/fromSharedConfigFiles$/,
    contents: `import { CredentialsProviderError } from '@smithy/core/config';
      export const fromSharedConfigFiles = () => async () => {
        throw new CredentialsProviderError('There are no configuration files.');
      };`,
  },
  {
    reason: 'DynamoDB has no operation left that asks for its endpoint.',
    imported: /^@aws-sdk\/middleware-endpoint-discovery$/,
    contents: `export const NODE_ENDPOINT_DISCOVERY_CONFIG_OPTIONS = { environmentVariableSelector() {}, default: false };
      export const resolveEndpointDiscoveryConfig = (configuration) => configuration;`,
  },
  {
    reason: 'No operation that we call has a stream of events.',
    imported: /^@smithy\/core\/event-streams$/,
    contents: 'export {};',
  },
  {
    reason: 'It signs the events of such a stream.',
    imported: /^\.\/HeaderFormatter$/,
    contents: 'export class HeaderFormatter {}',
  },
  {
    reason: 'The SDK calls once; who calls again is the state machine.',
    imported: /\/AdaptiveRetryStrategy$/,
    contents: 'export class AdaptiveRetryStrategy {}',
  },
  {
    reason: 'Lambda tells the Region; there is no instance whose metadata would.',
    imported: /\/getInstanceMetadataRegion$/,
    contents: 'export const getInstanceMetadataRegion = async () => undefined;',
  },
  {
    reason: 'Node has its own.',
    imported: /\/Sha256Js$/,
    contents: 'export class Sha256Js {}',
  },
  {
    reason:
      "Node's cryptography makes them as well as that of the web, which it would load for nothing else.",
    imported: /\/uuid\/v4$/,
    contents: `import { randomUUID } from 'node:crypto';
      export const bindV4 = () => () => randomUUID();`,
  },
  {
    reason: 'What is sent is text or bytes, never a file; Node loads the streams of files only when asked.',
    imported: /\/calculateBodyLength$/,
    contents: 'export const calculateBodyLength = (body) => Buffer.byteLength(body);',
  },
  {
    reason: 'The login function logs in as a SQL user; no token of Azure is used, no key of its vault.',
    imported: /^@azure\//,
    contents: 'module.exports = {};',
  },
  {
    reason: 'Nor is it a user of a domain, by NTLM.',
    imported: /^js-md4$/,
    contents: 'module.exports = {};',
  },
  {
    reason: 'It reads names, which are Unicode, and writes statements: nothing of any code page.',
    imported: /^iconv-lite$/,
    contents: 'module.exports = {};',
  },
  {
    reason: 'No parameter of a statement is a date.',
    imported: /^@js-joda\/core$/,
    contents: 'module.exports = { LocalDate: { ofYearDay() {} } };',
  },
  {
    reason: 'Node has its own.',
    imported: /^readable-stream$/,
    contents: "module.exports = require('node:stream');",
  },
];

const namespace = 'left-out';

/** Leaves modules out, with the little in their place that those who import them need. */
export const leftOut = (): Plugin => ({
  name: namespace,
  setup(build) {
    for (const [index, { imported, contents }] of replacements.entries()) {
      const filter = new RegExp(`^${index}$`);
      build.onResolve({ filter: imported }, ({ resolveDir }) => ({
        path: String(index),
        namespace,
        pluginData: resolveDir,
        sideEffects: false,
      }));
      build.onLoad({ filter, namespace }, ({ pluginData }) => ({ contents, resolveDir: String(pluginData) }));
    }
  },
});
