import type { Setting } from './grant.ts';
import { secretsOf } from './support.ts';

/** What the roles of each company's domain controllers have to be allowed: to read the password of its own trust, and nothing else. */
export const domainControllerStatements = ({
  configuration,
  keyArn,
}: Setting): Readonly<Record<string, readonly object[]>> =>
  Object.fromEntries(
    configuration.connections.map(({ domainName }) => [
      domainName,
      [
        {
          Effect: 'Allow',
          Action: 'secretsmanager:GetSecretValue',
          Resource: secretsOf(configuration, '*', 'trust'),
          Condition: { StringEquals: { 'secretsmanager:ResourceTag/forestbridge:domain': domainName } },
        },
        {
          Effect: 'Allow',
          Action: 'kms:Decrypt',
          Resource: keyArn,
          Condition: {
            StringEquals: { 'kms:ViaService': `secretsmanager.${configuration.region}.amazonaws.com` },
          },
        },
      ],
    ]),
  );
