import type { Connection } from '../functions/request/connections.ts';
import { arn, globalArn, type Place } from './names.ts';

interface Naming extends Place {
  readonly catalog: { readonly principalArns: readonly string[] };
  readonly connections: readonly Connection[];
}

/** Something that is named by its ARN: where, how it is written, and how one of the deployment's own starts. */
type Named = readonly [path: readonly PropertyKey[], written: string, own: string];

const ofConnection = (
  { domainControllers, existingInstances, kmsKeyIds }: Connection,
  path: readonly PropertyKey[],
  place: Place,
): readonly Named[] => [
  ...[...domainControllers.entries()].map(
    ([index, { roleArn }]): Named => [
      [...path, 'domainControllers', index, 'roleArn'],
      roleArn,
      globalArn(place, 'iam', 'role/'),
    ],
  ),
  ...[...existingInstances.entries()].map(
    ([index, { masterUserSecretArn }]): Named => [
      [...path, 'existingInstances', index, 'masterUserSecretArn'],
      masterUserSecretArn ?? '',
      arn(place, 'secretsmanager', 'secret:'),
    ],
  ),
  ...[...kmsKeyIds.entries()].map(
    ([index, key]): Named => [[...path, 'kmsKeyIds', index], key, arn(place, 'kms', '')],
  ),
];

/** ARNs of another account, Region or partition, with which a deployment could do nothing. */
export const elsewhere = (
  configuration: Naming,
): readonly { readonly path: readonly PropertyKey[]; readonly advice: string }[] =>
  [
    ...[...configuration.catalog.principalArns.entries()].map(
      ([index, principal]): Named => [
        ['catalog', 'principalArns', index],
        principal,
        globalArn(configuration, 'iam', ''),
      ],
    ),
    ...[...configuration.connections.entries()].flatMap(([index, connection]) =>
      ofConnection(connection, ['connections', index], configuration),
    ),
  ]
    .filter(([, written, own]) => written.startsWith('arn:') && !written.startsWith(own))
    .map(([path, , own]) => ({
      path,
      advice: `write one of the deployment's account and Region, which starts with "${own}"`,
    }));
