import { describe, expect, it } from 'vitest';
import { exampleConfiguration, templateOf } from '../support/template.ts';

const example = exampleConfiguration();
const given = 'sg-0a1b2c3d4e5f60719';

/** What is in the VPC, for a configuration: groups by their logical ids, rules, endpoints and the login function. */
const networkOf = async (configuration = example) => {
  const { byId } = await templateOf(configuration);
  const of = (type: string) =>
    Object.entries(byId)
      .filter(([, { Type }]) => Type === type)
      .map(
        ([
          id,
          {
            Properties: { Tags: _, ...rest },
          },
        ]) => ({ id, ...rest }),
      );
  const [login] = of('AWS::EC2::SecurityGroup').filter(({ id }) => id.startsWith('LoginGroup'));
  return { of, login: { 'Fn::GetAtt': [login?.id, 'GroupId'] } };
};

const by443 = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443 };

describe('the network of the login function', () => {
  it('has an endpoint for Secrets Manager alone, whose group admits the function alone', async () => {
    const { of, login } = await networkOf();
    const [group] = of('AWS::EC2::SecurityGroup').filter(({ id }) => id.startsWith('EndpointGroup'));
    const endpoint = { 'Fn::GetAtt': [group?.id, 'GroupId'] };

    expect(of('AWS::EC2::VPCEndpoint')).toEqual([
      {
        id: 'SecretsEndpoint',
        ServiceName: 'com.amazonaws.eu-central-1.secretsmanager',
        VpcEndpointType: 'Interface',
        PrivateDnsEnabled: true,
        VpcId: example.login.vpcId,
        SubnetIds: example.login.subnetIds,
        SecurityGroupIds: [endpoint],
      },
    ]);
    expect(group).not.toHaveProperty('SecurityGroupIngress');
    expect(of('AWS::EC2::SecurityGroupIngress')).toEqual([
      expect.objectContaining({ ...by443, GroupId: endpoint, SourceSecurityGroupId: login }),
    ]);
    expect(of('AWS::EC2::SecurityGroupEgress')).toEqual([
      expect.objectContaining({ ...by443, GroupId: login, DestinationSecurityGroupId: endpoint }),
    ]);
  });

  it('adds one rule to a given group, and makes no endpoint', async () => {
    const { of, login } = await networkOf({
      ...example,
      login: { ...example.login, endpointSecurityGroupId: given },
    });

    expect(of('AWS::EC2::VPCEndpoint')).toEqual([]);
    expect(of('AWS::EC2::SecurityGroup')).toHaveLength(1);
    expect(of('AWS::EC2::SecurityGroupIngress')).toEqual([
      expect.objectContaining({ ...by443, GroupId: given, SourceSecurityGroupId: login }),
    ]);
    expect(of('AWS::EC2::SecurityGroupEgress')).toEqual([
      expect.objectContaining({ ...by443, GroupId: login, DestinationSecurityGroupId: given }),
    ]);
  });

  it('lets the function reach databases, and nothing reach the function', async () => {
    const { of } = await networkOf();
    const [login] = of('AWS::EC2::SecurityGroup').filter(({ id }) => id.startsWith('LoginGroup'));

    expect(login).not.toHaveProperty('SecurityGroupIngress');
    expect(login).toMatchObject({
      VpcId: example.login.vpcId,
      SecurityGroupEgress: [{ CidrIp: '10.0.0.0/16', IpProtocol: 'tcp', FromPort: 1150, ToPort: 65_535 }],
    });
    const [inVpc] = of('AWS::Lambda::Function').filter((made) => 'VpcConfig' in made);
    expect(inVpc).toMatchObject({
      FunctionName: 'forestbridge-create-windows-logins',
      VpcConfig: {
        SubnetIds: example.login.subnetIds,
        SecurityGroupIds: [{ 'Fn::GetAtt': [login?.id, 'GroupId'] }],
      },
    });
  });
});
