// https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssystemsmanager.html
import type * as Ssm from '@aws-sdk/client-ssm';
import { anywhere, arn, on, type Resource, resource, tagged } from '../resources.ts';
import type { Doubt, Rows, Surroundings } from '../rows.ts';

export const unverified: readonly Doubt[] = [
  {
    operation: 'ssm:ListCommands',
    why: 'That it has no resource type, as GetCommandInvocation and DescribeInstanceInformation. All resources are asked for.',
  },
];

const document = (at: Surroundings, name = '*'): Resource => {
  if (name.startsWith('arn:')) return resource(name);
  // AWS's own documents belong to no account.
  if (/^(AWS|Amazon)-/.test(name)) return resource(`arn:aws:ssm:${at.world.region}::document/${name}`);
  return resource(arn(at, 'ssm', `document/${name}`));
};

/** A managed node: an EC2 instance, or a machine elsewhere. */
const node = (at: Surroundings, id: string): Resource => {
  if (id.startsWith('mi-')) return resource(arn(at, 'ssm', `managed-instance/${id}`));
  const { tags = {} } = at.world.network.instances.get(id) ?? {};
  return resource(
    arn(at, 'ec2', `instance/${id}`),
    tagged(Object.entries(tags), 'aws:ResourceTag', 'ssm:resourceTag'),
  );
};

export const ssm: Rows<typeof Ssm> = {
  SendCommand({ DocumentName, InstanceIds = [], Targets = [] }, at) {
    if (Targets.length > 0)
      throw new Error('The table of permissions does not know SendCommand with targets: name the nodes.');
    return [document(at, DocumentName), ...InstanceIds.map((id) => node(at, id))].map((each) =>
      on('ssm:SendCommand', each),
    );
  },

  DescribeInstanceInformation: () => anywhere('ssm:DescribeInstanceInformation'),
  GetCommandInvocation: () => anywhere('ssm:GetCommandInvocation'),
  ListCommands: () => anywhere('ssm:ListCommands'),
};
