import {
  type EC2Client,
  paginateDescribeNetworkAcls,
  paginateDescribeRouteTables,
  paginateDescribeSubnets,
  paginateDescribeVpcs,
} from '@aws-sdk/client-ec2';
import { type NetworkAcl, networkAclsSchema } from './network-acl.ts';
import { type RouteTable, routeTablesSchema } from './routes.ts';
import { type Subnet, subnetsSchema, type Vpc, vpcsSchema } from './subnets.ts';

/** The networks that a request touches, as far as they are there. */
export interface Territory {
  readonly vpcs: ReadonlyMap<string, Vpc>;
  readonly subnets: ReadonlyMap<string, Subnet>;
  readonly routeTables: readonly RouteTable[];
  readonly networkAcls: readonly NetworkAcl[];
}

/** By a filter, not by ids: what is missing is left out then, where an error would name only the first. */
const by = (Name: string, ids: readonly string[]) => ({ Filters: [{ Name, Values: [...ids] }] });

const collect = async <Page, Thing>(
  ids: readonly string[],
  pages: AsyncIterable<Page>,
  read: (page: Page) => readonly Thing[],
): Promise<readonly Thing[]> => {
  const things: Thing[] = [];
  if (ids.length > 0) for await (const page of pages) things.push(...read(page));
  return things;
};

const byId = <Thing extends { readonly id: string }>(things: readonly Thing[]) =>
  new Map(things.map((thing) => [thing.id, thing]));

/** The subnets, the VPCs they are in and that one, and what leads through them. */
export const readTerritory = async (
  client: EC2Client,
  vpcId: string | null,
  subnetIds: readonly string[],
): Promise<Territory> => {
  const subnets = await collect(
    subnetIds,
    paginateDescribeSubnets({ client }, by('subnet-id', [...new Set(subnetIds)])),
    (page) => subnetsSchema.parse(page.Subnets),
  );
  const vpcIds = [...new Set([...(vpcId === null ? [] : [vpcId]), ...subnets.map((subnet) => subnet.vpcId)])];
  const inVpcs = by('vpc-id', vpcIds);
  const vpcs = await collect(vpcIds, paginateDescribeVpcs({ client }, inVpcs), (page) =>
    vpcsSchema.parse(page.Vpcs),
  );
  const routeTables = await collect(vpcIds, paginateDescribeRouteTables({ client }, inVpcs), (page) =>
    routeTablesSchema.parse(page.RouteTables),
  );
  const networkAcls = await collect(vpcIds, paginateDescribeNetworkAcls({ client }, inVpcs), (page) =>
    networkAclsSchema.parse(page.NetworkAcls),
  );
  return { vpcs: byId(vpcs), subnets: byId(subnets), routeTables, networkAcls };
};
