import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { routeFindings, routeTablesSchema } from '../../../../functions/request/checks/routes.ts';
import { those } from '../../../../functions/request/checks/subnets.ts';
import type { Route } from '../../../../simulator/world/network/records.ts';
import { company, country, otherSubnetIds, subnetIds, vpcId } from '../country.ts';

const [first = '', second = ''] = subnetIds;
const to = (destination: string, target = 'vgw-1', state: Route['state'] = 'active'): Route => ({
  destination,
  target,
  state,
});

/** What is found of a VPC whose main table EC2 shows with these routes. */
const shownFindings = (Routes: readonly object[]) =>
  routeFindings(
    routeTablesSchema.parse([
      { RouteTableId: 'rtb-1', VpcId: vpcId, Associations: [{ Main: true }], Routes },
    ]),
    [{ id: first, vpcId, cidr: '10.0.0.0/24', zone: 'eu-central-1a' }],
    [company],
    'route',
  );

/** What is found of the first VPC's routes, toward these networks. */
const found = async (routes: readonly Route[], networks = [company]) => {
  const { territory, routes: lay } = country();
  lay(...routes);
  const land = await territory();
  return routeFindings(land.routeTables, those(land, subnetIds), networks, 'route');
};
const codes = async (routes: readonly Route[], networks = [company]) =>
  (await found(routes, networks)).map(({ level, code }) => `${level} ${code}`);

describe('routes to the company', () => {
  it.each([
    ['a VPN', [to(company)]],
    ['a transit gateway', [to(company, 'tgw-1')]],
    ['a peering connection', [to(company, 'pcx-1')]],
    ['an appliance', [to(company, 'eni-1')]],
    ['a wider route', [to('10.0.0.0/8', 'tgw-1')]],
    ['a default route', [to('0.0.0.0/0', 'tgw-1')]],
    ['two halves', [to('10.20.0.0/17'), to('10.20.128.0/17', 'tgw-1')]],
    ['a narrower route than that to the internet', [to('0.0.0.0/0', 'igw-1'), to(company)]],
  ])('lead there by %s', async (_name, routes) => {
    expect(await found(routes)).toEqual([]);
  });

  it.each([
    ['there is none', [], 'missing', 'has no route to all of 10.20.0.0/16. Add one through the VPN'],
    ['one leads elsewhere', [to('10.21.0.0/16')], 'missing', 'has no route to all of'],
    ['only half is led to', [to('10.20.0.0/17')], 'missing', 'has no route to all of'],
    ['its target is gone', [to(company, 'vgw-1', 'blackhole')], 'blackhole', 'a target that is gone'],
    [
      'a part of it is led to a target that is gone',
      [to('10.0.0.0/8'), to('10.20.5.0/24', 'pcx-1', 'blackhole')],
      'blackhole',
      'routes 10.20.0.0/16 to a target that is gone (blackhole)',
    ],
    ['only the internet is left', [to('0.0.0.0/0', 'igw-1')], 'internet', 'internet or NAT gateway'],
    ['only a NAT gateway is left', [to('0.0.0.0/0', 'nat-1')], 'internet', 'internet or NAT gateway'],
    ['only a carrier gateway is left', [to('0.0.0.0/0', 'cagw-1')], 'internet', 'internet or NAT gateway'],
    ['the VPC keeps it', [to(company, 'local')], 'local', 'keeps 10.20.0.0/16 in its own VPC'],
  ])('are not enough where %s', async (_name, routes, kind, words) => {
    expect(await found(routes)).toEqual([
      { level: 'error', code: `route-${kind}`, message: expect.stringContaining(words) },
    ]);
  });

  it('are named once with all the subnets and all the networks that share an obstacle', async () => {
    const networks = [company, '10.21.0.0/16', '10.22.0.0/16'];
    const findings = await found([to('10.22.0.0/16')], networks);

    expect(findings).toHaveLength(1);
    expect(findings[0]?.message).toMatch(
      new RegExp(
        `^The route table rtb-\\w+ of ${first}, ${second} has no route to all of ${company}, 10.21.0.0/16\\.`,
      ),
    );
  });

  it('have each of their obstacles named', async () => {
    expect(await codes([to('10.20.0.0/17', 'nat-1'), to('10.20.192.0/18', 'vgw-1', 'blackhole')])).toEqual([
      'error route-internet',
      'error route-missing',
      'error route-blackhole',
    ]);
  });

  it('are those of each subnet’s own table, or else of its VPC’s main one', async () => {
    const { network, territory } = country();
    const { id } = network.addRouteTable(vpcId, [second]);
    const land = await territory();

    expect(routeFindings(land.routeTables, those(land, subnetIds), [company], 'route')).toEqual([
      { level: 'error', code: 'route-missing', message: expect.stringContaining(`${id} of ${second} has`) },
    ]);
    const others = those(land, otherSubnetIds);
    expect(routeFindings(land.routeTables, others, [company], 'other')).toMatchObject([
      { code: 'other-missing' },
    ]);
  });

  it('are of no interest where there is no network', async () => {
    expect(await found([], [])).toEqual([]);
  });

  it('may be another account’s: then somebody has to look', async () => {
    const land = await country().territory();

    expect(routeFindings([], those(land, subnetIds), [company], 'route')).toEqual([
      {
        level: 'warning',
        code: 'route-unread',
        message: `This account does not see the route table of ${first}, ${second}. See to it that it leads to ${company}.`,
      },
    ]);
  });

  it('agree with the network itself', () => {
    const route = fc.record({
      destination: fc.constantFrom(
        '0.0.0.0/0',
        '10.0.0.0/8',
        company,
        '10.20.0.0/17',
        '10.20.128.0/17',
        '10.20.64.0/18',
        '10.20.7.0/24',
      ),
      target: fc.constantFrom('vgw-1', 'nat-1', 'local'),
      state: fc.constantFrom('active', 'blackhole'),
    });
    const edges = ['10.20.0.9', '10.20.7.9', '10.20.64.9', '10.20.127.255', '10.20.128.0', '10.20.255.255'];
    const { network, routes: lay } = country();
    network.addSecurityGroup(vpcId, 'all', 'Everything', {}, 'sg-1');
    const inside = { address: '10.0.0.9', subnetId: first, securityGroupIds: ['sg-1'] };
    const reaches = (address: string): boolean =>
      network.reaches(inside, { ...inside, address, subnetId: null }, { protocol: 'tcp', port: 389 }) ===
      true;
    fc.assert(
      fc.property(fc.uniqueArray(route, { selector: ({ destination }) => destination }), (routes) => {
        lay(...routes);
        const shown = routes.map(({ destination, target, state }) => ({
          DestinationCidrBlock: destination,
          GatewayId: target,
          State: state,
        }));

        expect(shownFindings(shown).length === 0).toBe(edges.every(reaches));
      }),
    );
  });
});

describe('routes by prefix list', () => {
  const byList = { DestinationPrefixListId: 'pl-1', State: 'active', TransitGatewayId: 'tgw-1' };
  const internet = { DestinationCidrBlock: '0.0.0.0/0', State: 'active', GatewayId: 'igw-1' };
  const unread = {
    level: 'warning',
    code: 'route-unread',
    message: expect.stringContaining('by prefix list'),
  };

  it.each([
    ['where nothing else leads there', [byList], [unread]],
    ['where only the internet would', [byList, internet], [unread]],
    [
      'but not where they lead to an endpoint',
      [{ ...byList, GatewayId: 'vpce-1', TransitGatewayId: undefined }],
      [{ code: 'route-missing' }],
    ],
    [
      'but not where a route is dead',
      [byList, { ...internet, State: 'blackhole' }],
      [{ code: 'route-blackhole' }],
    ],
    ['but not where a route by address leads there', [byList, { ...internet, GatewayId: 'vgw-1' }], []],
  ])('are for somebody to look into %s', (_name, routes, findings) => {
    expect(shownFindings(routes)).toMatchObject(findings);
  });
});

describe('what EC2 shows of route tables', () => {
  it('may lack routes, associations, and whole tables', () => {
    expect(routeTablesSchema.parse(undefined)).toEqual([]);
    expect(routeTablesSchema.parse([{ RouteTableId: 'rtb-1', VpcId: vpcId }])).toEqual([
      { id: 'rtb-1', vpcId, main: false, subnetIds: [], routes: [] },
    ]);
  });
});
