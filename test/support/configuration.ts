import type { AwsCredentialIdentity, HttpRequest, Provider } from '@smithy/types';
import type { Endpoint } from '../../simulator/wire/endpoint.ts';

interface Signing {
  readonly credentials: AwsCredentialIdentity | Provider<AwsCredentialIdentity>;
  readonly region: string | Provider<string>;
  readonly service: string;
}

/** Says who calls what, as a signature does; the endpoint checks none, and computing one takes a third of a call. */
class Unsigned {
  readonly #signing: Signing;

  constructor(signing: Signing) {
    this.#signing = signing;
  }

  async sign(request: HttpRequest): Promise<HttpRequest> {
    const { credentials, region, service } = this.#signing;
    const { accessKeyId } = typeof credentials === 'function' ? await credentials() : credentials;
    const place = typeof region === 'function' ? await region() : region;
    const scope = `${accessKeyId}/20250101/${place}/${service}/aws4_request`;
    request.headers['x-amz-date'] = '20250101T000000Z';
    request.headers['authorization'] =
      `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=none`;
    return request;
  }
}

/** What a client in the same process as its endpoint is made with; it looks for nothing in the machine's own settings. */
export const configurationFor = (endpoint: Endpoint) => ({
  region: 'eu-west-1',
  credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
  signerConstructor: Unsigned,
  requestHandler: endpoint.requestHandler(),
  maxAttempts: 1 as const,
  endpoint: 'https://account.example',
  retryMode: 'standard',
  defaultsMode: 'standard' as const,
  useDualstackEndpoint: false,
  useFipsEndpoint: false,
  userAgentAppId: 'tests',
  authSchemePreference: [],
  accountIdEndpointMode: 'disabled' as const,
  disableClockSkewCorrection: false,
});
