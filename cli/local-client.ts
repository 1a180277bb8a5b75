import type { DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import type { Surface } from '../simulator/account.ts';

/** How every client of a local account is made: none asks the machine's environment and files how it is set. */
export const localClient = (
  { requestHandler, region }: Pick<Surface, 'requestHandler' | 'region'>,
  accessKeyId: string,
) =>
  ({
    region,
    requestHandler,
    credentials: { accessKeyId, secretAccessKey: 'simulated' },
    maxAttempts: 1 as const,
    retryMode: 'standard',
    useDualstackEndpoint: false,
    useFipsEndpoint: false,
    ignoreConfiguredEndpointUrls: true,
    authSchemePreference: [],
    userAgentAppId: async () => undefined,
    cacheMiddleware: true,
  }) satisfies DynamoDBClientConfig;
