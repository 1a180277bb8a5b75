import type { DBInstance } from '@aws-sdk/client-rds';
import { describe, expect, it } from 'vitest';
import { groupIdsOf, subnetIdsOf, wantedOf } from '../../../../functions/request/checks/database-facts.ts';
import { databaseReach } from '../../../../functions/request/checks/database-reach.ts';
import { those } from '../../../../functions/request/checks/subnets.ts';
import type { Rule } from '../../../../functions/support/security-rules.ts';
import { country, otherSubnetIds, subnetIds, vpcId } from '../country.ts';
import { narrowRules, rule } from '../rules.ts';

const directoryId = 'd-0123456789';
const database = {
  existing: true as const,
  identifier: 'archive',
  allowInterruption: true,
  masterUserSecretArn: null,
  allowedNetworks: ['10.20.0.0/16'],
  windowsLogins: [{ name: 'CORP\\DBAdmins', serverRoles: [] }],
};
const instance: DBInstance = { VpcSecurityGroups: [{ VpcSecurityGroupId: 'sg-1', Status: 'active' }] };
const memberships = (Status: string): DBInstance => ({
  ...instance,
  DomainMemberships: [{ Domain: directoryId, Status }],
});
const onPremises = {
  domainName: 'corp.example.com',
  shortName: 'CORP',
  dnsIpAddresses: ['10.20.0.10'],
  networks: ['10.20.0.0/16'],
  clientNetworks: ['10.20.0.0/16'],
  domainController: { managedNodeId: 'mi-0a1b2c3d4e5f60718' },
};
const made = { vpcId, subnetIds, securityGroupId: null, addresses: [] };
const adopted = { vpcId, subnetIds, securityGroupId: 'sg-9', addresses: ['10.0.0.4'] };
const out = rule('sg-1', { egress: true });

const opening = (peer: string) => ({ protocol: 'tcp', fromPort: 1500, toPort: 1500, peer });

interface Case {
  readonly place?: typeof made | typeof adopted | null;
  readonly rules?: readonly Rule[];
  readonly asked?: { readonly allowInterruption: boolean };
  readonly instance?: DBInstance | undefined;
  readonly standsIn?: readonly string[];
  readonly networks?: string[];
}

/** What is found of an instance's way to the directory; the two VPCs are peered. */
const found = async (given: Case) => {
  const { territory, peer } = country();
  peer('here', 'there');
  const land = await territory();
  const { place = made, rules = [out], standsIn = subnetIds, networks = onPremises.networks } = given;
  const directory = { directoryId, active: true, place, findings: [] };
  const seen = 'instance' in given ? given.instance : instance;
  const sight = { directory, instance: seen, controller: null, territory: land, groups: new Map(), rules };
  const company = { ...onPremises, networks };
  return databaseReach(sight, { ...database, ...given.asked }, those(land, standsIn), company);
};

describe('a database that is to join the directory', () => {
  it.each<[string, Case]>([
    ['from its VPC', {}],
    ['from its VPC, by just the rules that it needs', { rules: narrowRules('sg-1', true, '10.0.0.0/16') }],
    ['by its address', { place: adopted, rules: narrowRules('sg-1', true, '10.0.0.4/32') }],
    ['by its group', { place: adopted, rules: narrowRules('sg-1', true, 'sg-9') }],
    ['from a group of its own that is yet to be made', { instance: undefined, rules: [] }],
    [
      'from another VPC that it lets in',
      {
        place: adopted,
        standsIn: otherSubnetIds,
        rules: [out, ...narrowRules('sg-9', false, '10.1.0.0/16')],
      },
    ],
    [
      'from a group that it lets in',
      { place: adopted, standsIn: otherSubnetIds, rules: [out, ...narrowRules('sg-9', false, 'sg-1')] },
    ],
    [
      'from the company’s networks, which are let in',
      { standsIn: otherSubnetIds, networks: ['10.50.0.0/16', '10.1.0.0/16'] },
    ],
  ])('gets there %s', async (_name, given) => {
    expect(await found(given)).toEqual([]);
  });

  it('does not get out without rules', async () => {
    expect(await found({ rules: [rule('sg-1')] })).toEqual([
      {
        level: 'error',
        code: 'database-group',
        message: expect.stringMatching(
          /^The security groups of the database archive \(sg-1\) do not let tcp 53, .* out to the directory at 10\.0\.0\.0\/24, 10\.0\.1\.0\/24\. Add rules for it\.$/,
        ),
      },
    ]);
  });

  it('is not let in from another VPC by a new directory', async () => {
    expect(await found({ standsIn: otherSubnetIds, instance: undefined })).toEqual([
      {
        level: 'error',
        code: 'database-elsewhere',
        message: `A new directory lets in only its own VPC, ${vpcId}, and the database archive stands outside it, in 10.1.0.0/24, 10.1.1.0/24. Place both in one VPC.`,
      },
    ]);
  });

  it('is not let in from another VPC by a directory whose group has no rules for it', async () => {
    const rules = [out, ...narrowRules('sg-9', false, '10.1.0.0/24')];

    expect(await found({ place: adopted, standsIn: otherSubnetIds, rules })).toEqual([
      {
        level: 'error',
        code: 'directory-group',
        message: expect.stringMatching(
          /^The security groups of the directory \(sg-9\) do not let tcp 53, .* in from the database archive at 10\.1\.1\.0\/24\. Add/,
        ),
      },
    ]);
  });

  it('does not get there without routes', async () => {
    const land = await country().territory();
    const directory = { directoryId, active: true, place: adopted, findings: [] };
    const rules = [out, ...narrowRules('sg-9', false, '10.1.0.0/16')];
    const sight = { directory, instance, controller: null, territory: land, groups: new Map(), rules };

    expect(databaseReach(sight, database, those(land, otherSubnetIds), onPremises)).toMatchObject([
      { code: 'database-route-missing', message: expect.stringContaining('10.0.0.0/24') },
      { code: 'database-route-missing', message: expect.stringContaining('10.1.0.0/24') },
    ]);
  });

  it.each<[string, Case, number]>([
    ['it is a member', { instance: memberships('joined') }, 0],
    ['it is not to be interrupted', { asked: { allowInterruption: false } }, 0],
    ['nobody knows where the directory stands', { place: null }, 0],
    ['it is joining', { instance: memberships('joining') }, 1],
    ['it failed to join', { instance: memberships('failed') }, 1],
  ])('is judged only where it is to join: %s', async (_name, given, count) => {
    expect(await found({ ...given, rules: [] })).toHaveLength(count);
  });
});

describe('what the checks need to know of a database', () => {
  const described: DBInstance = {
    Endpoint: { Port: 1500 },
    DBSubnetGroup: { Subnets: [{ SubnetIdentifier: 'subnet-a' }, {}] },
    VpcSecurityGroups: [
      { VpcSecurityGroupId: 'sg-1', Status: 'active' },
      { VpcSecurityGroupId: 'sg-2', Status: 'removing' },
      { VpcSecurityGroupId: 'sg-3', Status: 'adding' },
      { Status: 'active' },
    ],
  };

  it('is what RDS shows of an existing one', () => {
    expect(subnetIdsOf(database, described)).toEqual(['subnet-a']);
    expect(groupIdsOf(database, described)).toEqual(['sg-1', 'sg-3']);
    expect(wantedOf(database, described, 'sg-login')).toEqual([opening('10.20.0.0/16'), opening('sg-login')]);
    expect(wantedOf({ ...database, windowsLogins: [] }, described, 'sg-login')).toEqual([
      opening('10.20.0.0/16'),
    ]);
  });

  it.each([undefined, {}])('is nothing where RDS shows %j', (shown) => {
    expect(subnetIdsOf(database, shown)).toEqual([]);
    expect(groupIdsOf(database, shown)).toEqual([]);
    expect(wantedOf(database, shown, 'sg-login')).toEqual([]);
  });
});
