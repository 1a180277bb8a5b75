import type { DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import type { HttpAuthScheme } from '@smithy/types';
import type { Surface } from '../simulator/account.ts';

const sigv4 = 'aws.auth#sigv4';

/** Says who calls which service, as a signature does; a simulated account reads no more of one. */
const unsigned = (accessKeyId: string): HttpAuthScheme => ({
  schemeId: sigv4,
  identityProvider: (identities) => identities.getIdentityProvider(sigv4),
  signer: {
    async sign(request, _identity, { name, region }) {
      const scope = `${accessKeyId}/20260105/${String(region)}/${String(name)}/aws4_request`;
      const headers = { ...request.headers, authorization: `AWS4-HMAC-SHA256 Credential=${scope}` };
      return { ...request, headers };
    },
  },
});

/** How every client of a local account is made: none asks the machine's environment and files how it is set. */
export const localClient = (
  { requestHandler, region }: Pick<Surface, 'requestHandler' | 'region'>,
  accessKeyId: string,
) =>
  ({
    region,
    requestHandler,
    credentials: { accessKeyId, secretAccessKey: 'simulated' },
    httpAuthSchemes: [unsigned(accessKeyId)],
    maxAttempts: 1 as const,
    retryMode: 'standard',
    defaultsMode: 'standard' as const,
    accountIdEndpointMode: 'disabled' as const,
    useDualstackEndpoint: false,
    useFipsEndpoint: false,
    ignoreConfiguredEndpointUrls: true,
    authSchemePreference: [],
    userAgentAppId: async () => undefined,
    cacheMiddleware: true,
  }) satisfies DynamoDBClientConfig;
