import { describe, expect, it } from 'vitest';
import { connectionNamed, deriveRequest } from '../../../functions/catalog/derive-request.ts';
import { parametersSchema } from '../../../functions/catalog/parameters.ts';
import { connectionsSchema } from '../../../functions/request/connections.ts';
import { connection } from '../request/configured.ts';
import { form, requestId } from './product.ts';

/** The request over that connection with something else in it. */
const derive = (changes: object, answers: object = {}) =>
  connectionsSchema
    .parse([{ ...connection, ...changes }])
    .map((each) => deriveRequest(requestId, each, parametersSchema.parse({ ...form, ...answers })))[0];

describe('a request from the catalog', () => {
  it('shares the directory that its connection names, and may stand in all of its subnets', () => {
    expect(derive({ directory: { directoryId: 'd-0123456789' } })).toMatchObject({
      directory: { directoryId: 'd-0123456789' },
      database: { subnetIds: connection.subnetIds },
    });
  });

  it('stands beside its directory where there are only two subnets', () => {
    const subnetIds = connection.subnetIds.slice(0, 2);

    expect(derive({ subnetIds })).toMatchObject({ directory: { subnetIds }, database: { subnetIds } });
  });

  it('is open to the company itself where there are no networks of clients', () => {
    expect(derive({ clientNetworks: [] })).toMatchObject({
      onPremises: { clientNetworks: ['10.20.0.0/16'] },
      database: { allowedNetworks: ['10.20.0.0/16'] },
    });
  });

  it('has selective authentication where its connection has', () => {
    const trust = { ...connection.trust, selectiveAuthentication: true };

    expect(derive({ trust })).toMatchObject({ trust: { selectiveAuthentication: true } });
  });

  it.each([
    ['none', []],
    ['setupadmin', ['setupadmin']],
    ['processadmin and setupadmin', ['processadmin', 'setupadmin']],
  ])('gives the logins the roles %s', (LoginRoles, serverRoles) => {
    expect(derive({}, { LoginRoles, Logins: ['App'] })).toMatchObject({
      database: { windowsLogins: [{ name: 'CORP\\App', serverRoles }] },
    });
  });

  it.each([
    ['no domain controller', { domainControllers: [] }, 'managedNodeId'],
    ['no VPC', { vpcIds: [] }, 'vpcId'],
    [
      'a suffix that is too long',
      { directory: { nameSuffix: `${'a'.repeat(40)}.example.com` } },
      'directory.name',
    ],
  ])('is none over a connection with %s', (_what, changes, words) => {
    expect(() => derive(changes)).toThrow(words);
  });
});

describe('the connection of a name', () => {
  it('is none of a deployment that has none', () => {
    expect(() => connectionNamed([], 'corp')).toThrow(
      'This deployment has no connection corp. Choose one of: none.',
    );
  });
});
