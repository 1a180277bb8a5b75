import type { Thing } from '../../world/network/records.ts';
import { arn, type Resource, resource, tagged } from '../resources.ts';
import type { Surroundings } from '../rows.ts';

type Context = Resource['context'];

const tagsOf = (thing: Thing | undefined): Context =>
  tagged(Object.entries(thing?.tags ?? {}), 'aws:ResourceTag', 'ec2:ResourceTag');

const vpcArn = (at: Surroundings, id: string): string => arn(at, 'ec2', `vpc/${id}`);

const inVpc = (at: Surroundings, id: string | undefined): Context =>
  id === undefined ? {} : { 'ec2:Vpc': [vpcArn(at, id)] };

/** What has no id before it is made. */
export const newThing = (at: Surroundings, kind: string): Resource => resource(arn(at, 'ec2', `${kind}/*`));

export const vpc = (at: Surroundings, id = '*'): Resource =>
  resource(vpcArn(at, id), { ...tagsOf(at.world.network.vpcs.get(id)), 'ec2:VpcID': [id] });

export const subnet = (at: Surroundings, id: string): Resource => {
  const found = at.world.network.subnets.get(id);
  return resource(arn(at, 'ec2', `subnet/${id}`), {
    ...tagsOf(found),
    ...inVpc(at, found?.vpcId),
    'ec2:SubnetID': [id],
  });
};

export const securityGroup = (at: Surroundings, id = '*'): Resource => {
  const found = at.world.network.securityGroups.get(id);
  return resource(arn(at, 'ec2', `security-group/${id}`), {
    ...tagsOf(found),
    ...inVpc(at, found?.vpcId),
    'ec2:SecurityGroupID': [id],
  });
};

/** A group that AWS has just made in the customer's name: nothing but its VPC is known of it. */
export const freshSecurityGroup = (at: Surroundings, vpcId: string | undefined): Resource => ({
  ...newThing(at, 'security-group'),
  context: inVpc(at, vpcId),
});

export const networkInterface = (at: Surroundings, id: string): Resource => {
  const { interfaces, subnets } = at.world.network;
  const found = interfaces.get(id);
  return resource(arn(at, 'ec2', `network-interface/${id}`), {
    ...tagsOf(found),
    ...inVpc(at, subnets.get(found?.subnetId ?? '')?.vpcId),
  });
};
