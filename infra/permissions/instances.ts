import { arn } from '../names.ts';
import { type Grant, ours, type Setting } from './grant.ts';

export const look = ({ configuration }: Setting): Grant => ({
  actions: ['rds:DescribeDBInstances'],
  resources: [arn(configuration, 'rds', 'db:*')],
  because: 'It also looks for what is not there.',
});

export const named = 'A database is named by its request.';

/** What our instances are called, and no others: RDS lets nobody tag only what is new (docs/decisions/who-may-tag.md). */
export const ownInstances = ({ configuration }: Setting): readonly string[] => [
  ...new Set(
    configuration.connections.flatMap(({ identifierPrefixes }) =>
      identifierPrefixes.map((prefix) => arn(configuration, 'rds', `db:${prefix}*`)),
    ),
  ),
];

/** On an instance of ours, or on one that a connection lists. */
export const onInstances = (setting: Setting, ...actions: readonly string[]): readonly Grant[] => {
  const { configuration } = setting;
  const listed = configuration.connections.flatMap(({ existingInstances }) =>
    existingInstances.map(({ identifier }) => arn(configuration, 'rds', `db:${identifier}`)),
  );
  return [
    { actions, resources: ownInstances(setting), conditions: ours, because: named },
    ...(listed.length === 0 ? [] : [{ actions, resources: [...new Set(listed)] }]),
  ];
};
