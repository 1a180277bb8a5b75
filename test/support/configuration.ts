import type { Endpoint } from '../../simulator/wire/endpoint.ts';

/** What a client in the same process as its endpoint is made with; it looks for nothing in the machine's own settings. */
export const configurationFor = (endpoint: Endpoint) => ({
  region: 'eu-west-1',
  credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
  requestHandler: endpoint.requestHandler(),
  maxAttempts: 1 as const,
  endpoint: 'https://account.example',
  retryMode: 'standard',
  defaultsMode: 'standard' as const,
  useDualstackEndpoint: false,
  useFipsEndpoint: false,
  userAgentAppId: 'tests',
});
