import { arn, names, type Place } from '../names.ts';
import { type Grant, ours, type Setting } from './grant.ts';

type LedgerAction = 'GetItem' | 'PutItem' | 'UpdateItem' | 'DeleteItem' | 'Query' | 'Scan';

/** The deployment's key, used through one service only. */
export const keyThrough = (
  { configuration, keyArn }: Setting,
  service: string,
  ...actions: readonly string[]
): Grant => ({
  actions: actions.map((action) => `kms:${action}`),
  resources: [keyArn],
  conditions: { StringEquals: { 'kms:ViaService': `${service}.${configuration.region}.amazonaws.com` } },
});

/** The ledger, for these actions. */
export const ledger = (setting: Setting, ...actions: readonly LedgerAction[]): readonly Grant[] => [
  {
    actions: actions.map((action) => `dynamodb:${action}`),
    resources: [arn(setting.configuration, 'dynamodb', `table/${names.ledger}`)],
  },
  keyThrough(setting, 'dynamodb', 'Decrypt'),
];

/** On a directory of ours, or on one that a connection names. */
export const onDirectories = (
  { configuration }: Setting,
  ...actions: readonly string[]
): readonly Grant[] => {
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

const executionsOf = (place: Place, stateMachine: string): string =>
  arn(place, 'states', `execution:${names.stateMachine(stateMachine)}:*`);

/** Looking at the executions of provisioning, whose data is encrypted. */
export const executions = (setting: Setting, ...actions: readonly string[]): readonly Grant[] => [
  {
    actions: actions.map((action) => `states:${action}`),
    resources: [executionsOf(setting.configuration, 'provision')],
    because: 'Executions are made while it runs.',
  },
  keyThrough(setting, 'states', 'Decrypt'),
];

/** Secrets that may not be there: then they are called by their names, without the characters that AWS adds. */
export const secretsNamed = (place: Place, kind = ''): string =>
  arn(place, 'secretsmanager', `secret:forestbridge/*/${kind}*`);

export const secretsOf = (place: Place, requestId = '*', kind = '*'): string =>
  arn(place, 'secretsmanager', `secret:forestbridge/${requestId}/${kind}-??????`);
