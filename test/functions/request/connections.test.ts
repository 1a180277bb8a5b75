import { describe, expect, it } from 'vitest';
import { parseRequest } from '../../../functions/request/schema.ts';
import { secretOf } from '../../support/connection-verdict.ts';
import { connection, validate } from './configured.ts';
import { changed, example } from './requests.ts';

const another = { ...connection, name: 'other', domainName: 'other.example.net', vpcIds: [] };

describe('a request inside the connection of its domain', () => {
  it.each([
    ['as it is', example('one-way-forest'), [connection]],
    ['beside other connections', example('one-way-forest'), [another, connection]],
    [
      'however the connection is written',
      example('one-way-forest'),
      [
        {
          ...connection,
          domainName: 'CORP.example.com.',
          shortName: 'corp',
          networks: ['10.20.3.4/16'],
          existingInstances: [{ identifier: 'ARCHIVE' }],
        },
      ],
    ],
    [
      'with a part of its networks',
      changed(example('no-database'), ['onPremises', 'networks'], ['10.20.0.0/24']),
      [connection],
    ],
    [
      'with clients in both kinds of networks',
      changed(example('no-database'), ['onPremises', 'clientNetworks'], ['10.20.1.0/24', '10.30.1.0/24']),
      [connection],
    ],
    [
      'with a directory of exactly that name',
      changed(example('no-database'), ['directory', 'name'], 'example.com'),
      [connection],
    ],
    [
      'with an identifier that begins as one may',
      changed(example('one-way-forest'), ['database', 'identifier'], 'Orders-2'),
      [connection],
    ],
    [
      'with a group that is listed',
      changed(example('one-way-forest'), ['database', 'securityGroupIds'], ['sg-0a1b2c3d']),
      [{ ...connection, securityGroupIds: ['sg-0a1b2c3d'] }],
    ],
    [
      'with an instance that is listed',
      changed(example('existing-instance'), ['database', 'identifier'], 'Archive'),
      [connection],
    ],
    [
      'with the secret that is listed for the instance',
      changed(example('existing-instance'), ['database', 'masterUserSecretArn'], secretOf('archive')),
      [
        {
          ...connection,
          existingInstances: [{ identifier: 'Archive', masterUserSecretArn: secretOf('archive') }],
        },
      ],
    ],
    [
      'with the secret that RDS keeps, though another is listed',
      example('existing-instance'),
      [
        {
          ...connection,
          existingInstances: [{ identifier: 'archive', masterUserSecretArn: secretOf('archive') }],
        },
      ],
    ],
    [
      'with a key that is listed',
      changed(example('one-way-forest'), ['database', 'kmsKeyId'], 'alias/databases'),
      [{ ...connection, kmsKeyIds: ['alias/archive', 'alias/databases'] }],
    ],
    [
      'with the directory that is given',
      example('adopted-directory'),
      [{ ...connection, directory: { directoryId: 'd-0123456789' } }],
    ],
  ] as const)('is allowed %s, and comes back normalised', async (_, request, connections) => {
    const answer = await validate(request, connections);

    expect(answer).toEqual(parseRequest(request));
  });
});
