import {
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import { describe, expect, it } from 'vitest';
import { ec2Account, from, tcp } from '../../../support/ec2-account.ts';

describe('AuthorizeSecurityGroupIngress and Egress', () => {
  it('add rules, in AWS’s own writing, and answer with their ids', async () => {
    const { ec2, group } = await ec2Account();
    const { SecurityGroupRules } = await ec2.send(
      new AuthorizeSecurityGroupIngressCommand({
        GroupId: group.id,
        IpPermissions: [
          {
            IpProtocol: '6',
            FromPort: 1,
            ToPort: 2,
            IpRanges: [{ CidrIp: '100.68.0.18/18', Description: 'why' }],
          },
          { IpProtocol: '-1', FromPort: 5, ToPort: 6, Ipv6Ranges: [{ CidrIpv6: '2001:DB8::1/32' }] },
          { IpProtocol: 'icmp', FromPort: 8, ToPort: -1, UserIdGroupPairs: [{ GroupId: group.id }] },
        ],
        TagSpecifications: [{ ResourceType: 'security-group-rule', Tags: [{ Key: 'a', Value: 'b' }] }],
      }),
    );
    const added = group.rules.slice(1);
    expect(added).toMatchObject([
      {
        protocol: 'tcp',
        fromPort: 1,
        toPort: 2,
        peer: '100.68.0.0/18',
        description: 'why',
        tags: { a: 'b' },
      },
      { protocol: '-1', fromPort: -1, toPort: -1, peer: '2001:db8::/32', description: null },
      { protocol: 'icmp', fromPort: 8, toPort: -1, peer: group.id },
    ]);
    expect(SecurityGroupRules?.map(({ SecurityGroupRuleId }) => SecurityGroupRuleId)).toEqual(
      added.map(({ id }) => id),
    );
  });

  it('fail the whole batch for one rule that is there', async () => {
    const { ec2, group } = await ec2Account();
    const ingress = (...IpPermissions: object[]) =>
      ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: group.id, IpPermissions }));
    await ingress(from('10.1.0.0/16'));
    await expect(ingress(from('10.2.0.0/16'), from('10.1.0.9/16'))).rejects.toMatchObject({
      name: 'InvalidPermission.Duplicate',
      message:
        'the specified rule "peer: 10.1.0.0/16, TCP, from port: 1433, to port: 1433, ALLOW" already exists',
    });
    expect(group.rules).toHaveLength(2);
    const everything = {
      GroupId: group.id,
      IpPermissions: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
    };
    await expect(ec2.send(new AuthorizeSecurityGroupEgressCommand(everything))).rejects.toThrow(
      'peer: 0.0.0.0/0, ALL, ALLOW',
    );
  });

  it('hold 60 rules a direction and family', async () => {
    const { ec2, group } = await ec2Account();
    const ranges = Array.from({ length: 60 }, (_, index) => from('10.1.0.0/16', index));
    const ingress = (...IpPermissions: object[]) =>
      ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: group.id, IpPermissions }));
    await ingress(...ranges);
    const full = { name: 'RulesPerSecurityGroupLimitExceeded' };
    await expect(ingress(from('10.1.0.0/16', 99))).rejects.toMatchObject(full);
    await ingress({ IpProtocol: '-1', Ipv6Ranges: [{ CidrIpv6: '::/0' }] });
    await ec2.send(
      new AuthorizeSecurityGroupEgressCommand({ GroupId: group.id, IpPermissions: ranges.slice(0, 59) }),
    );
    await expect(
      ec2.send(
        new AuthorizeSecurityGroupEgressCommand({
          GroupId: group.id,
          IpPermissions: [from('10.1.0.0/16', 99)],
        }),
      ),
    ).rejects.toMatchObject(full);
  });

  it.each([
    ['nothing', [], 'MissingParameter'],
    ['a rule for nobody', [{ IpProtocol: '-1' }], 'MissingParameter'],
    ['a rule of no protocol', [{ IpRanges: [{ CidrIp: '10.0.0.0/8' }] }], 'MissingParameter'],
    ['a network that is none', [from('10.0.0.0/33')], 'InvalidParameterValue'],
    ['no ports', [{ IpProtocol: 'tcp', IpRanges: [{ CidrIp: '10.0.0.0/8' }] }], 'InvalidParameterValue'],
    ['ports the wrong way round', [from('10.0.0.0/8', 2, 1)], 'InvalidParameterValue'],
    ['a port too high', [from('10.0.0.0/8', 65_536)], 'InvalidParameterValue'],
    ['a rule twice', [from('10.0.0.0/8'), from('10.9.9.9/8')], 'InvalidParameterValue'],
    [
      'a group that is not there',
      [{ IpProtocol: '-1', UserIdGroupPairs: [{ GroupId: 'sg-x' }] }],
      'InvalidGroup.NotFound',
    ],
    [
      'a prefix list',
      [{ IpProtocol: '-1', PrefixListIds: [{ PrefixListId: 'pl-1' }] }],
      'UnsupportedOperation',
    ],
  ])('refuse %s', async (_name, IpPermissions, name) => {
    const { ec2, group } = await ec2Account();
    const asked = new AuthorizeSecurityGroupIngressCommand({ GroupId: group.id, IpPermissions });
    await expect(ec2.send(asked)).rejects.toMatchObject({ name });
    expect(group.rules).toHaveLength(1);
  });

  it('change nothing where they are only asked whether they might', async () => {
    const { ec2, group } = await ec2Account();
    const asked = { GroupId: group.id, IpPermissions: [from('10.0.0.0/8')], DryRun: true };
    await expect(ec2.send(new AuthorizeSecurityGroupIngressCommand(asked))).rejects.toMatchObject({
      name: 'DryRunOperation',
    });
    expect(group.rules).toHaveLength(1);
  });
});

describe('RevokeSecurityGroupIngress and Egress', () => {
  it('take rules away by their ids, and by what they say', async () => {
    const { ec2, network, group } = await ec2Account();
    const [first] = network.addRules(group.id, [tcp('10.1.0.0/16', 1433), tcp('10.2.0.0/16', 1433)]);
    const SecurityGroupRuleIds = [first?.id ?? ''];
    await ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId: group.id, SecurityGroupRuleIds }));
    expect(group.rules.map(({ peer }) => peer)).toEqual(['0.0.0.0/0', '10.2.0.0/16']);
    await ec2.send(
      new RevokeSecurityGroupIngressCommand({ GroupId: group.id, IpPermissions: [from('10.2.3.4/16')] }),
    );
    await ec2.send(
      new RevokeSecurityGroupEgressCommand({
        GroupId: group.id,
        IpPermissions: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
      }),
    );
    expect(group.rules).toEqual([]);
  });

  it('refuse rules that are not there, or of the other direction', async () => {
    const { ec2, group } = await ec2Account();
    const ids = { GroupId: group.id, SecurityGroupRuleIds: [group.rules[0]?.id ?? ''] };
    await expect(ec2.send(new RevokeSecurityGroupIngressCommand(ids))).rejects.toMatchObject({
      name: 'InvalidSecurityGroupRuleId.NotFound',
    });
    const said = { GroupId: group.id, IpPermissions: [from('10.1.0.0/16')] };
    await expect(ec2.send(new RevokeSecurityGroupEgressCommand(said))).rejects.toMatchObject({
      name: 'InvalidPermission.NotFound',
    });
    expect(group.rules).toHaveLength(1);
  });
});
