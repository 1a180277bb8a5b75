import { arn } from '../names.ts';
import { type Grant, noResourceType, type Setting, viaAws } from './grant.ts';
import { forNewOnes } from './vpcs.ts';

export const whose = 'AWS makes the directory and its group, whose ids nobody knows before.';

/** The tag that makes a directory ours, which what creates one may not put: here, too, IAM takes a key in any case. */
export const neverOurs = { Null: { 'aws:RequestTag/forestbridge:request': 'true' } };

/** On what is in a VPC where a directory may be made, by Directory Service in the name of who called it. */
const inTheirVpcs = (setting: Setting) => ({
  ...viaAws,
  ArnEquals: { 'ec2:Vpc': forNewOnes(setting, 'vpc') },
});

/** It makes the network of the controllers so. */
export const makingNetwork = (setting: Setting): readonly Grant[] => {
  const of = (kind: string): string => arn(setting.configuration, 'ec2', `${kind}/*`);
  return [
    {
      actions: ['ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets', 'ec2:DescribeVpcs'],
      resources: ['*'],
      conditions: viaAws,
      because: noResourceType,
    },
    {
      actions: ['ec2:CreateSecurityGroup'],
      resources: [...forNewOnes(setting, 'vpc'), of('security-group')],
      conditions: viaAws,
      because: whose,
    },
    {
      actions: [
        'ec2:AuthorizeSecurityGroupIngress',
        'ec2:AuthorizeSecurityGroupEgress',
        'ec2:CreateNetworkInterface',
      ],
      resources: [of('security-group')],
      conditions: inTheirVpcs(setting),
      because: whose,
    },
    {
      actions: ['ec2:CreateNetworkInterface'],
      resources: [...forNewOnes(setting, 'subnet'), of('network-interface')],
      conditions: viaAws,
      because: whose,
    },
    // It hands the directory's tags on, or none: see docs/decisions/who-may-tag.md.
    {
      actions: ['ec2:CreateTags'],
      resources: [of('network-interface'), of('security-group')],
      conditions: {
        ...viaAws,
        ...neverOurs,
        ArnEqualsIfExists: { 'ec2:Vpc': forNewOnes(setting, 'vpc') },
      },
      because: whose,
    },
  ];
};

/** And so it removes it. */
export const removingNetwork = (setting: Setting): readonly Grant[] => {
  const of = (kind: string): string => arn(setting.configuration, 'ec2', `${kind}/*`);
  return [
    {
      actions: ['ec2:DescribeNetworkInterfaces'],
      resources: ['*'],
      conditions: viaAws,
      because: noResourceType,
    },
    {
      actions: ['ec2:RevokeSecurityGroupIngress', 'ec2:RevokeSecurityGroupEgress', 'ec2:DeleteSecurityGroup'],
      resources: [of('security-group')],
      conditions: inTheirVpcs(setting),
      because: whose,
    },
    {
      actions: ['ec2:DeleteNetworkInterface'],
      resources: [of('network-interface')],
      conditions: inTheirVpcs(setting),
      because: whose,
    },
  ];
};

/** And so it hands on the tags of a directory that gets another one, or none. */
export const taggingNetwork = (setting: Setting): Grant => ({
  actions: ['ec2:CreateTags'],
  resources: ['network-interface', 'security-group'].map((kind) =>
    arn(setting.configuration, 'ec2', `${kind}/*`),
  ),
  conditions: inTheirVpcs(setting),
  because: whose,
});
