import type { FunctionName } from '../functions/functions.ts';

/** What everything is called in an account: fixed, so that a policy, a document and a person can name it. */
export const names = {
  key: 'alias/forestbridge',
  ledger: 'forestbridge-ledger',
  topic: 'forestbridge-notifications',
  domainRole: 'forestbridge-rds-domain',
  launchRole: 'forestbridge-launch',
  stateMachine: (name: string): string => `forestbridge-${name}`,
  function: (name: FunctionName): string => `forestbridge-${name}`,
  /** With its content's hash, so that each content is a document of its own. */
  document: (name: string, hash: string): string => `forestbridge-${name}-${hash.slice(0, 12)}`,
  deadLetters: (name: string): string => `forestbridge-${name}`,
};

/** Where a deployment stands. */
export interface Place {
  readonly account: string;
  readonly region: string;
}

const partitions: readonly (readonly [RegExp, string])[] = [
  [/^cn-/, 'aws-cn'],
  [/^us-gov-/, 'aws-us-gov'],
];

const partitionOf = ({ region }: Place): string =>
  partitions.find(([pattern]) => pattern.test(region))?.[1] ?? 'aws';

/** The ARN of something in the deployment's account and Region. */
export const arn = (place: Place, service: string, resource: string): string =>
  `arn:${partitionOf(place)}:${service}:${place.region}:${place.account}:${resource}`;

/** The ARN of something that belongs to no Region. */
export const globalArn = (place: Place, service: string, resource: string): string =>
  `arn:${partitionOf(place)}:${service}::${place.account}:${resource}`;

/** The ARN of every object in every bucket. */
export const everyObject = (place: Place): string => `arn:${partitionOf(place)}:s3:::*/*`;
