import { requestNamed, requestNames } from '../provisioning.ts';

export type Request = Readonly<Record<string, unknown>>;

const publicAddresses = requestNamed('public-dns-addresses');

/** Every request that users can copy, and one that names whatever can be there already. */
export const requests: Readonly<Record<string, Request>> = {
  ...Object.fromEntries(requestNames.map((name) => [name, requestNamed(name)])),
  'everything-given': {
    ...publicAddresses,
    requestId: 'given',
    directory: requestNamed('adopted-directory')['directory'],
    database: {
      ...Object(publicAddresses['database']),
      identifier: 'given',
      subnetGroupName: 'given-subnets',
      securityGroupIds: ['sg-0a1b2c3d4e5f60720'],
      kmsKeyId: 'arn:aws:kms:eu-central-1:111122223333:key/1f2e3d4c-5b6a-7988-8796-a5b4c3d2e1f0',
    },
  },
};
