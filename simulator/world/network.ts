import { canonical } from './network/addresses.ts';
import { allowAll, allowAllEgress } from './network/defaults.ts';
import { known } from './network/known.ts';
import { freeAddress, ofSubnet, thingWith } from './network/look-up.ts';
import { reach } from './network/reach.ts';
import type {
  Instance,
  NetworkAcl,
  NetworkAclEntry,
  NetworkInterface,
  NewRule,
  Place,
  Route,
  RouteTable,
  Rule,
  SecurityGroup,
  Subnet,
  Tags,
  Thing,
  Traffic,
  Vpc,
} from './network/records.ts';
import type { Setting } from './setting.ts';

export type { NewRule, Place, Rule, SecurityGroup, Tags };

/** The virtual networks of one account: who stands where, and who reaches whom. */
export class Network {
  readonly vpcs = new Map<string, Vpc>();
  readonly subnets = new Map<string, Subnet>();
  readonly routeTables = new Map<string, RouteTable>();
  readonly networkAcls = new Map<string, NetworkAcl>();
  readonly securityGroups = new Map<string, SecurityGroup>();
  readonly interfaces = new Map<string, NetworkInterface>();
  readonly instances = new Map<string, Instance>();
  readonly #setting: Setting;

  constructor(setting: Setting) {
    this.#setting = setting;
  }

  /** A VPC as AWS makes it: a main route table that knows only itself, a network ACL that lets everything through. */
  addVpc(id: string, cidr: string): Vpc {
    const vpc = { id, cidr: canonical(cidr), tags: {} };
    this.vpcs.set(id, vpc);
    this.#addRouteTable(vpc, true, []);
    this.#addNetworkAcl(vpc, true, [], allowAll);
    return vpc;
  }

  addSubnet(id: string, vpcId: string, cidr: string, zone: string): Subnet {
    const subnet = { id, vpcId: known(this.vpcs, vpcId).id, cidr: canonical(cidr), zone, tags: {} };
    this.subnets.set(id, subnet);
    return subnet;
  }

  /** A route table of these subnets' own. */
  addRouteTable(vpcId: string, subnetIds: readonly string[]): RouteTable {
    return this.#addRouteTable(known(this.vpcs, vpcId), false, subnetIds);
  }

  /** Changes where a subnet's table leads, or adds the route. */
  route(subnetId: string, { destination, target, state }: Route): void {
    const table = this.routeTableOf(subnetId);
    const others = table.routes.filter((route) => route.destination !== canonical(destination));
    table.routes = [...others, { destination: canonical(destination), target, state }];
  }

  /** A network ACL of these subnets' own; what no entry allows is denied. */
  addNetworkAcl(
    vpcId: string,
    subnetIds: readonly string[],
    entries: readonly NetworkAclEntry[],
  ): NetworkAcl {
    return this.#addNetworkAcl(known(this.vpcs, vpcId), false, subnetIds, entries);
  }

  /** A security group as AWS makes it, with the rule that lets everything out. */
  addSecurityGroup(
    vpcId: string,
    name: string,
    description: string,
    tags: Tags = {},
    id = this.#id('sg'),
  ): SecurityGroup {
    const group = {
      id,
      name,
      description,
      vpcId: known(this.vpcs, vpcId).id,
      tags,
      rules: [],
    };
    this.securityGroups.set(group.id, group);
    this.addRules(group.id, [allowAllEgress]);
    return group;
  }

  removeSecurityGroup(id: string): void {
    this.securityGroups.delete(id);
  }

  addRules(groupId: string, rules: readonly NewRule[], tags: Tags = {}): readonly Rule[] {
    const group = known(this.securityGroups, groupId);
    const added = rules.map((rule) => ({ ...rule, id: this.#id('sgr'), tags: { ...tags } }));
    group.rules = [...group.rules, ...added];
    return added;
  }

  removeRules(groupId: string, ids: readonly string[]): void {
    const group = known(this.securityGroups, groupId);
    group.rules = group.rules.filter((rule) => !ids.includes(rule.id));
  }

  /** Somebody new in a subnet, at the next free address, or at that one. */
  addInterface(
    subnetId: string,
    securityGroupIds: readonly string[],
    description: string,
    address = freeAddress(this, subnetId),
  ): NetworkInterface {
    const id = this.#id('eni');
    const added = {
      id,
      address,
      subnetId: known(this.subnets, subnetId).id,
      securityGroupIds,
      description,
      tags: {},
    };
    this.interfaces.set(id, added);
    return added;
  }

  removeInterface(id: string): void {
    this.interfaces.delete(id);
  }

  addInstance(id: string, subnetId: string, securityGroupIds: readonly string[], address?: string): Instance {
    const { id: interfaceId } = this.addInterface(
      subnetId,
      securityGroupIds,
      `Primary interface of ${id}`,
      address,
    );
    const instance = { id, interfaceId, tags: {} };
    this.instances.set(id, instance);
    return instance;
  }

  /** Whether traffic gets there and its answers back; if not, the cause in words. */
  reaches(from: Place, to: Place, traffic: Traffic): true | string {
    return reach(this, from, to, traffic);
  }

  /** Whatever has that id. */
  thing(id: string): Thing | undefined {
    return thingWith(this, id);
  }

  /** Where an EC2 instance stands. */
  interfaceOf(instanceId: string): NetworkInterface {
    return known(this.interfaces, known(this.instances, instanceId).interfaceId);
  }

  routeTableOf(subnetId: string): RouteTable {
    return ofSubnet(this, this.routeTables, subnetId, ({ main }) => main);
  }

  networkAclOf(subnetId: string): NetworkAcl {
    return ofSubnet(this, this.networkAcls, subnetId, ({ isDefault }) => isDefault);
  }

  #addRouteTable(vpc: Vpc, main: boolean, subnetIds: readonly string[]): RouteTable {
    const routes: readonly Route[] = [{ destination: vpc.cidr, target: 'local', state: 'active' }];
    const table = { id: this.#id('rtb'), vpcId: vpc.id, main, subnetIds, routes, tags: {} };
    this.routeTables.set(table.id, table);
    return table;
  }

  #addNetworkAcl(
    vpc: Vpc,
    isDefault: boolean,
    subnetIds: readonly string[],
    entries: readonly NetworkAclEntry[],
  ): NetworkAcl {
    const list = { id: this.#id('acl'), vpcId: vpc.id, isDefault, subnetIds, entries, tags: {} };
    this.networkAcls.set(list.id, list);
    return list;
  }

  #id(prefix: string): string {
    return `${prefix}-${this.#setting.random.hex(17)}`;
  }
}
