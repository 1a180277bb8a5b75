import { beforeAll, describe, expect, it } from 'vitest';
import {
  databaseSubnets,
  directorySubnets,
  subnetsSchema,
  vpcsSchema,
} from '../../../../functions/request/checks/subnets.ts';
import { readTerritory, type Territory } from '../../../../functions/request/checks/territory.ts';
import { country, otherSubnetIds, otherVpcId, subnetIds, vpcId } from '../country.ts';

const [first = '', second = ''] = subnetIds;
const [elsewhere = '', elsewhereToo = ''] = otherSubnetIds;
const third = 'subnet-0000000000000000f';
const nowhere = 'subnet-00000000000000000';
const error = (code: string, ...words: readonly string[]) => ({
  level: 'error',
  code,
  message: expect.stringMatching(words.join('.*')),
});

const block = (CidrBlock: string, State: string) => ({ CidrBlock, CidrBlockState: { State } });

let land: Territory;
beforeAll(async () => {
  const { network, client } = country();
  network.addSubnet(third, vpcId, '10.0.2.0/24', 'eu-central-1a');
  land = await readTerritory(client, vpcId, [...subnetIds, ...otherSubnetIds, third, nowhere, first]);
});

describe('the subnets of a new directory', () => {
  it.each([[[first, second]], [[third, second]]])('may be %j', (ids) => {
    expect(directorySubnets(land, vpcId, ids)).toEqual([]);
  });

  it.each([
    ['two of one zone', [first, third], [error('subnet-zones', first, third, 'both in eu-central-1a')]],
    ['one that is not there', [first, nowhere], [error('subnet-missing', `no subnet ${nowhere}`, vpcId)]],
    [
      'one of another VPC',
      [first, elsewhereToo],
      [error('subnet-elsewhere', `${elsewhereToo} is in ${otherVpcId}, not in the directory's ${vpcId}`)],
    ],
    [
      'two of another VPC and of one zone',
      [third, elsewhere],
      [error('subnet-elsewhere', elsewhere), error('subnet-zones', third, elsewhere)],
    ],
    [
      'one that is not there and one of another VPC',
      [nowhere, elsewhere],
      [error('subnet-missing', nowhere), error('subnet-elsewhere', elsewhere)],
    ],
  ])('may not be %s', (_what, ids, findings) => {
    expect(directorySubnets(land, vpcId, ids)).toEqual(findings);
  });

  it('are in a VPC that is there', () => {
    expect(directorySubnets(land, 'vpc-00000000', [first, nowhere])).toEqual([
      error('vpc-missing', 'no VPC vpc-00000000'),
      error('subnet-missing', nowhere),
    ]);
  });
});

describe('the subnets of a database', () => {
  it.each([[[first, second]], [[first, second, third]], [otherSubnetIds]])('may be %j', (ids) => {
    expect(databaseSubnets(land, 'orders', ids)).toEqual([]);
  });

  it.each([
    [
      'of one zone',
      [first, third],
      [error('database-zones', 'of the database orders are all in eu-central-1a, and RDS needs two')],
    ],
    [
      'of two VPCs',
      [first, elsewhereToo],
      [error('database-vpcs', `in several VPCs: ${vpcId}, ${otherVpcId}`)],
    ],
    ['not there', [first, second, nowhere], [error('database-subnet-missing', `no subnet ${nowhere}`)]],
    ['not there, so that one zone is left', [first, nowhere], [error('database-subnet-missing', nowhere)]],
  ])('may not be %s', (_what, ids, findings) => {
    expect(databaseSubnets(land, 'orders', ids)).toEqual(findings);
  });
});

describe('what EC2 shows', () => {
  it('may be nothing', () => {
    expect([subnetsSchema.parse(undefined), vpcsSchema.parse(undefined)]).toEqual([[], []]);
  });

  it('may have networks of a VPC that come or go', () => {
    const CidrBlockAssociationSet = [
      block('10.0.0.0/16', 'associated'),
      block('10.1.0.0/16', 'disassociated'),
      block('10.2.0.0/16', 'associated'),
      block('10.3.0.0/16', 'failed'),
    ];

    expect(vpcsSchema.parse([{ VpcId: vpcId, CidrBlockAssociationSet }])).toEqual([
      { id: vpcId, cidrs: ['10.0.0.0/16', '10.2.0.0/16'] },
    ]);
  });

  it('is asked for only where there is something to ask for', async () => {
    const { client } = country();
    client.middlewareStack.add(() => () => Promise.reject(new Error('Nobody is asked.')), {
      step: 'initialize',
    });

    await expect(readTerritory(client, null, [])).resolves.toEqual({
      vpcs: new Map(),
      subnets: new Map(),
      routeTables: [],
      networkAcls: [],
    });
  });

  it('is of the VPC without its subnets too', async () => {
    const { client } = country();
    const { vpcs, subnets, routeTables, networkAcls } = await readTerritory(client, vpcId, []);

    expect([...vpcs.keys()]).toEqual([vpcId]);
    expect(subnets.size).toBe(0);
    expect([routeTables, networkAcls]).toMatchObject([[{ vpcId }], [{ vpcId }]]);
  });
});
