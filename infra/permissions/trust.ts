import { type Grant, type Grants, noResourceType, ours } from './grant.ts';
import { executions, keyThrough, ledger, onDirectories, secretsNamed, secretsOf } from './support.ts';

const look: Grant = { actions: ['ds:DescribeTrusts'], resources: ['*'], because: noResourceType };

/** Plans, makes and verifies the halves of a trust. */
export const trust: Grants = {
  'forward-dns': (setting) => [
    ...ledger(setting, 'GetItem', 'PutItem', 'UpdateItem', 'DeleteItem'),
    ...onDirectories(
      setting,
      'ds:DescribeConditionalForwarders',
      'ds:CreateConditionalForwarder',
      'ds:UpdateConditionalForwarder',
    ),
  ],
  'plan-trust': (setting) => [
    ...ledger(setting, 'GetItem', 'PutItem'),
    ...executions(setting, 'DescribeExecution'),
    look,
  ],
  'ensure-trust': (setting) => [
    ...ledger(setting, 'GetItem', 'PutItem', 'UpdateItem', 'DeleteItem'),
    ...onDirectories(setting, 'ds:CreateTrust', 'ds:DeleteTrust'),
    look,
    {
      actions: ['secretsmanager:GetSecretValue'],
      resources: [secretsOf(setting.configuration, '*', 'trust')],
      conditions: ours,
      because: 'A secret is named after its request.',
    },
    keyThrough(setting, 'secretsmanager', 'Decrypt'),
  ],
  'verify-trust': (setting) => [look, ...onDirectories(setting, 'ds:VerifyTrust')],
  'await-verification': () => [look],
  'retire-secret': (setting) => [
    ...ledger(setting, 'GetItem'),
    {
      actions: ['secretsmanager:DescribeSecret'],
      resources: [secretsNamed(setting.configuration, 'trust')],
      because: 'A secret is named after its request.',
    },
    {
      actions: ['secretsmanager:DeleteSecret'],
      resources: [secretsOf(setting.configuration, '*', 'trust')],
      conditions: ours,
      because: 'A secret is named after its request.',
    },
  ],
};
