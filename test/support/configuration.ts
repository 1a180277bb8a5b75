import { localClient } from '../../cli/local-client.ts';
import type { Endpoint } from '../../simulator/wire/endpoint.ts';

/** What a client in the same process as its endpoint is made with. */
export const configurationFor = (endpoint: Endpoint) =>
  localClient({ requestHandler: endpoint.requestHandler(), region: 'eu-west-1' }, 'AKIDEXAMPLE');
