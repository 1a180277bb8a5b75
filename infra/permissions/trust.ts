import { arn } from '../names.ts';
import { type Grant, type Grants, noResourceType, ours, type Setting } from './grant.ts';
import { executions, keyThrough, ledger, secretsOf } from './support.ts';

/** On a directory of ours, or on one that a connection names. */
const onDirectories = ({ configuration }: Setting, ...actions: readonly string[]): readonly Grant[] => {
  const adopted = configuration.connections.flatMap(({ directory }) =>
    'directoryId' in directory ? [arn(configuration, 'ds', `directory/${directory.directoryId}`)] : [],
  );
  return [
    {
      actions,
      resources: [arn(configuration, 'ds', 'directory/*')],
      conditions: ours,
      because: 'AWS draws the ids of directories.',
    },
    ...(adopted.length === 0 ? [] : [{ actions, resources: [...new Set(adopted)] }]),
  ];
};

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
    ...onDirectories(setting, 'ds:CreateTrust'),
    look,
    { actions: ['ds:DeleteTrust'], resources: ['*'], because: noResourceType },
    {
      actions: ['secretsmanager:GetSecretValue'],
      resources: [secretsOf(setting.configuration, '*', 'trust')],
      conditions: ours,
      because: 'A secret is named after its request.',
    },
    keyThrough(setting, 'secretsmanager', 'Decrypt'),
  ],
  'verify-trust': () => [look, { actions: ['ds:VerifyTrust'], resources: ['*'], because: noResourceType }],
  'await-verification': () => [look],
  'retire-secret': (setting) => [
    ...ledger(setting, 'GetItem'),
    {
      actions: ['secretsmanager:DescribeSecret'],
      resources: [secretsOf(setting.configuration, '*', 'trust')],
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
