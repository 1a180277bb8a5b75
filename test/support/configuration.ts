import type { Endpoint } from '../../simulator/wire/endpoint.ts';

/** What a client in the same process as its endpoint is made with. */
export const configurationFor = (endpoint: Endpoint) => ({
  region: 'eu-west-1',
  credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
  requestHandler: endpoint.requestHandler(),
  maxAttempts: 1,
});
