// https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsdirectoryservice.html
import type * as DirectoryService from '@aws-sdk/client-directory-service';
import type { Access } from '../access.ts';
import {
  anywhere,
  arn,
  handedOn,
  on,
  onBehalf,
  type Resource,
  resource,
  sentTags,
  tagged,
} from '../resources.ts';
import type { Doubt, Rows, Surroundings } from '../rows.ts';
import {
  freshSecurityGroup,
  networkInterface,
  newThing,
  securityGroup,
  subnet,
  vpc,
} from './network-resources.ts';

export const unverified: readonly Doubt[] = [
  {
    operation: 'ds:CreateMicrosoftAD',
    why: "With which tags, and whether while creating, Directory Service calls ec2:CreateTags. ds:AddTagsToResource depends on it, so those of the directory seem to be handed on: it must be allowed with them and with none, with the group's VPC and without it. No ec2:CreateAction is filled in.",
  },
  {
    operation: 'ds:CreateMicrosoftAD',
    why: 'On which resource a creation with tags asks for ds:AddTagsToResource, which the page lists for it. A directory whose id nobody knows yet is filled in.',
  },
  {
    operation: 'ds:AddTagsToResource',
    why: 'On what, and with which tags, Directory Service calls ec2:CreateTags, which the page lists as dependent. The group and the interfaces of the directory are filled in, with the tags that are added and with none.',
  },
  {
    operation: 'ds:DeleteDirectory',
    why: 'Whether the tags of the group and of the interfaces are seen by policies there. They are filled in as the world has them, besides ec2:Vpc.',
  },
  {
    operation: 'ds:AddIpRoutes',
    why: 'The page lists the rules of groups as dependent actions without saying when. They are asked for only with UpdateSecurityGroupForDirectoryControllers, ec2:DescribeSecurityGroups always.',
  },
  {
    operation: 'ds:DescribeTrusts',
    why: 'That it has no resource type, even where it names a directory.',
  },
  {
    operation: 'ds:DeleteTrust',
    why: 'That the directory of the trust is the resource, with its tags, although the call names a trust alone; likewise VerifyTrust. So the page has it.',
  },
];

const directory = (at: Surroundings, id = '*'): Resource =>
  resource(
    arn(at, 'ds', `directory/${id}`),
    tagged(at.world.directories.find(id)?.tags ?? [], 'aws:ResourceTag'),
  );

/** An operation on a directory that calls no other service. */
const onDirectory =
  (operation: string) =>
  ({ DirectoryId }: { readonly DirectoryId?: string | undefined }, at: Surroundings): readonly Access[] => [
    on(`ds:${operation}`, directory(at, DirectoryId)),
  ];

/** An operation on a trust, which is one of a directory. */
const onTrust =
  (operation: string) =>
  ({ TrustId }: { readonly TrustId?: string | undefined }, at: Surroundings): readonly Access[] => {
    const owner = at.world.directories.all.find(({ trusts }) =>
      trusts.some(({ trustId }) => trustId === TrustId),
    );
    return [on(`ds:${operation}`, directory(at, owner?.directoryId))];
  };

const anyDirectory = (operation: string) => () => anywhere(`ds:${operation}`);

/** The network of the controllers is made in the customer's name. */
const makeNetwork = (
  at: Surroundings,
  { VpcId, SubnetIds = [] }: Partial<DirectoryService.DirectoryVpcSettings>,
  sent: Access['context'],
): readonly Access[] => {
  const group = freshSecurityGroup(at, VpcId);
  const created = newThing(at, 'network-interface');
  return onBehalf([
    ...anywhere('ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets', 'ec2:DescribeVpcs'),
    on('ec2:CreateSecurityGroup', newThing(at, 'security-group')),
    on('ec2:CreateSecurityGroup', vpc(at, VpcId)),
    on('ec2:AuthorizeSecurityGroupEgress', group),
    on('ec2:AuthorizeSecurityGroupIngress', group),
    on('ec2:CreateNetworkInterface', created),
    on('ec2:CreateNetworkInterface', group),
    ...SubnetIds.map((id) => on('ec2:CreateNetworkInterface', subnet(at, id))),
    ...[newThing(at, 'security-group'), group, created].flatMap((each) =>
      handedOn('ec2:CreateTags', each, sent),
    ),
  ]);
};

/** The group of a directory's controllers, and their interfaces. */
const networkOf = (at: Surroundings, directoryId: string | undefined) => {
  const { directories, network } = at.world;
  const { securityGroupId } = directories.find(directoryId ?? '') ?? {};
  const interfaces = [...network.interfaces.values()].filter(({ securityGroupIds }) =>
    securityGroupIds.some((id) => id === securityGroupId),
  );
  return {
    group: securityGroup(at, securityGroupId),
    interfaces: interfaces.map(({ id }) => networkInterface(at, id)),
  };
};

const removeNetwork = (at: Surroundings, directoryId: string | undefined): readonly Access[] => {
  const { group, interfaces } = networkOf(at, directoryId);
  return onBehalf([
    ...anywhere('ec2:DescribeNetworkInterfaces'),
    ...interfaces.map((each) => on('ec2:DeleteNetworkInterface', each)),
    on('ec2:RevokeSecurityGroupEgress', group),
    on('ec2:RevokeSecurityGroupIngress', group),
    on('ec2:DeleteSecurityGroup', group),
  ]);
};

export const directoryService: Rows<typeof DirectoryService> = {
  CreateMicrosoftAD({ Tags, VpcSettings = {} }, at) {
    const sent = sentTags(Tags);
    return [
      on('ds:CreateMicrosoftAD', resource('*'), sent),
      ...(Object.keys(sent).length === 0 ? [] : [on('ds:AddTagsToResource', directory(at), sent)]),
      ...makeNetwork(at, VpcSettings, sent),
    ];
  },

  AddTagsToResource({ ResourceId, Tags }, at) {
    const sent = sentTags(Tags);
    const { group, interfaces } = networkOf(at, ResourceId);
    return [
      on('ds:AddTagsToResource', directory(at, ResourceId), sent),
      ...onBehalf([group, ...interfaces].flatMap((each) => handedOn('ec2:CreateTags', each, sent))),
    ];
  },

  DeleteDirectory: (input, at) => [
    on('ds:DeleteDirectory', directory(at, input.DirectoryId)),
    ...removeNetwork(at, input.DirectoryId),
  ],

  AddIpRoutes({ DirectoryId, UpdateSecurityGroupForDirectoryControllers: updates }, at) {
    const group = securityGroup(at, at.world.directories.find(DirectoryId ?? '')?.securityGroupId);
    const rules = ['ec2:AuthorizeSecurityGroupEgress', 'ec2:AuthorizeSecurityGroupIngress'];
    return [
      on('ds:AddIpRoutes', directory(at, DirectoryId)),
      ...onBehalf(anywhere('ec2:DescribeSecurityGroups')),
      ...onBehalf(updates === true ? rules.map((action) => on(action, group)) : []),
    ];
  },

  CreateConditionalForwarder: onDirectory('CreateConditionalForwarder'),
  CreateTrust: onDirectory('CreateTrust'),
  DescribeConditionalForwarders: onDirectory('DescribeConditionalForwarders'),
  DeleteTrust: onTrust('DeleteTrust'),
  ListIpRoutes: onDirectory('ListIpRoutes'),
  UpdateConditionalForwarder: onDirectory('UpdateConditionalForwarder'),
  VerifyTrust: onTrust('VerifyTrust'),

  ListTagsForResource: ({ ResourceId }, at) => [on('ds:ListTagsForResource', directory(at, ResourceId))],

  DescribeDirectories: anyDirectory('DescribeDirectories'),
  DescribeTrusts: anyDirectory('DescribeTrusts'),
  GetDirectoryLimits: anyDirectory('GetDirectoryLimits'),
};
