import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalisedRequestSchema, parseRequest } from '../../../functions/request/schema.ts';
import { legalRequests } from './arbitraries.ts';
import { changed, example, exampleNames, pathOf } from './requests.ts';

const isObject = (json: unknown): json is object => typeof json === 'object' && json !== null;

/** A normalised request as a user could have written it: without what is null. */
const asWritten = (json: unknown): unknown => {
  if (!isObject(json) || Array.isArray(json)) return Array.isArray(json) ? json.map(asWritten) : json;
  const { directoryId, ...others }: Record<string, unknown> = { ...json };
  if (typeof directoryId === 'string') return { directoryId };
  return Object.fromEntries(
    Object.entries(others).flatMap(([key, value]) => (value === null ? [] : [[key, asWritten(value)]])),
  );
};

describe('a normalised request', () => {
  it('has every field, with what AWS or Forestbridge takes where none is given', () => {
    const { directory, onPremises, trust, ...others } = parseRequest(example('one-way-forest'));

    expect(directory).toEqual({
      directoryId: null,
      name: 'aws.example.com',
      shortName: 'AWS',
      vpcId: 'vpc-0a1b2c3d4e5f60718',
      subnetIds: ['subnet-0a1b2c3d4e5f60711', 'subnet-0a1b2c3d4e5f60712'],
      edition: 'Standard',
      description: 'Resource forest of the orders database',
    });
    expect(onPremises).toEqual({
      domainName: 'corp.example.com',
      shortName: 'CORP',
      dnsIpAddresses: ['10.20.0.10', '10.20.0.11'],
      networks: ['10.20.0.0/16'],
      clientNetworks: ['10.20.0.0/16'],
      domainController: { managedNodeId: 'mi-0a1b2c3d4e5f60718' },
    });
    expect(trust).toEqual({ type: 'Forest', direction: 'One-Way: Outgoing', selectiveAuthentication: false });
    expect(others).toEqual({
      requestId: 'orders',
      database: {
        existing: false,
        identifier: 'orders',
        engine: 'sqlserver-se',
        engineVersion: null,
        instanceClass: 'db.r6i.xlarge',
        allocatedStorage: 200,
        storageType: 'gp3',
        iops: null,
        multiAz: false,
        backupRetentionDays: 7,
        deletionProtection: true,
        subnetIds: ['subnet-0a1b2c3d4e5f60713', 'subnet-0a1b2c3d4e5f60714'],
        subnetGroupName: null,
        securityGroupIds: [],
        allowedNetworks: ['10.20.0.0/16'],
        port: 1433,
        masterUsername: 'admin',
        kmsKeyId: null,
        logExports: [],
        autoMinorVersionUpgrade: true,
        windowsLogins: [
          { name: 'CORP\\DBAdmins', serverRoles: ['processadmin', 'setupadmin'] },
          { name: "CORP\\O'Brien", serverRoles: [] },
        ],
      },
      onFailure: 'keep',
      tags: { team: 'orders', 'cost-center': '4711' },
    });
  });

  it('keeps the same fields where a directory is adopted', () => {
    const { directory } = parseRequest(example('adopted-directory'));

    expect(directory).toEqual({
      directoryId: 'd-0123456789',
      name: null,
      shortName: null,
      vpcId: null,
      subnetIds: [],
      edition: null,
      description: null,
    });
  });

  it('keeps the same fields where an instance exists', () => {
    const request = changed(example('existing-instance'), ['database'], {
      existing: true,
      identifier: 'Archive',
      allowInterruption: false,
    });

    const { database } = parseRequest(request);

    expect(database).toEqual({
      existing: true,
      identifier: 'archive',
      allowInterruption: false,
      masterUserSecretArn: null,
      allowedNetworks: [],
      windowsLogins: [],
    });
  });

  it('has null where there is no database, and no tags where none are given', () => {
    const { database, tags } = parseRequest(example('no-database'));

    expect(database).toBeNull();
    expect(tags).toEqual({});
  });

  it.each([
    ['directory.name', 'AWS.Example.COM.', 'aws.example.com'],
    ['directory.shortName', 'cloud', 'CLOUD'],
    ['onPremises.domainName', 'Corp.example.com.', 'corp.example.com'],
    ['onPremises.shortName', 'corp', 'CORP'],
    ['onPremises.networks', ['10.20.255.254/16', '10.21.2.3/32'], ['10.20.0.0/16', '10.21.2.3/32']],
    ['onPremises.clientNetworks[0]', '172.31.1.1/12', '172.16.0.0/12'],
    ['database.allowedNetworks[0]', '10.20.30.40/25', '10.20.30.0/25'],
    ['database.identifier', 'Orders-2', 'orders-2'],
    ['database.subnetGroupName', 'Databases', 'databases'],
    ['database.logExports', ['error', 'agent'], ['agent', 'error']],
    ['database.logExports', ['error', 'error'], ['error']],
    ['database.windowsLogins[0].name', 'corp\\dbAdmins', 'CORP\\dbAdmins'],
    ['database.windowsLogins[0].serverRoles', ['setupadmin', 'processadmin'], ['processadmin', 'setupadmin']],
  ] as const)('%s: %j becomes %j', (field, written, expected) => {
    const request = changed(
      changed(example('one-way-forest'), ['onPremises', 'clientNetworks'], ['10.20.0.0/16']),
      pathOf(field),
      written,
    );

    const normalised = parseRequest(request);

    expect(changed(normalised, pathOf(field), expected)).toEqual(normalised);
  });

  it.each(exampleNames)('comes of the example %s', (name) => {
    const normalised = parseRequest(example(name));

    expect(normalisedRequestSchema.parse(normalised)).toEqual(normalised);
  });

  it('is a fixed point: normalised again, or written again, it stays what it is', () => {
    fc.assert(
      fc.property(legalRequests, (request) => {
        const normalised = parseRequest(request);

        expect(normalisedRequestSchema.parse(normalised)).toEqual(normalised);
        expect(parseRequest(asWritten(normalised))).toEqual(normalised);
      }),
    );
  });

  it.each([
    ['a field missing', ['onFailure'], undefined],
    ['a field more', ['owner'], 'x'],
    ['a name for an adopted directory', ['directory', 'directoryId'], 'd-0123456789'],
    ['one subnet for a new directory', ['directory', 'subnetIds'], ['subnet-0a1b2c3d']],
    ['a database that is missing', ['database'], undefined],
  ] as const)('is refused by its schema with %s', (_, path, value) => {
    const normalised = parseRequest(example('one-way-forest'));

    expect(normalisedRequestSchema.safeParse(changed(normalised, path, value)).success).toBe(false);
  });
});
