import type { Setting } from './grant.ts';
import { secretsOf } from './support.ts';

/** What the role of a domain controller's machine has to be allowed: to read the password of a trust, and nothing else. */
export const domainControllerStatements = ({ configuration, keyArn }: Setting): readonly object[] => [
  {
    Effect: 'Allow',
    Action: 'secretsmanager:GetSecretValue',
    Resource: secretsOf(configuration, '*', 'trust'),
  },
  {
    Effect: 'Allow',
    Action: 'kms:Decrypt',
    Resource: keyArn,
    Condition: {
      StringEquals: { 'kms:ViaService': `secretsmanager.${configuration.region}.amazonaws.com` },
    },
  },
];
