import { describe, expect, it } from 'vitest';
import { exampleConfiguration, templateOf } from '../support/template.ts';

const example = { ...exampleConfiguration(), tags: {} };
const given = 'sg-0a1b2c3d4e5f60719';

/** What is in the VPC, for a configuration: groups by what they are for, rules, endpoints and functions. */
const networkOf = async (configuration = example) => {
  const { byId } = await templateOf(configuration);
  const of = (type: string) =>
    Object.values(byId)
      .filter(({ Type }) => Type === type)
      .map(({ Properties }) => Properties);
  const group = (start: string) => {
    const [id, { Properties } = { Properties: {} }] =
      Object.entries(byId).find(([each]) => each.startsWith(start)) ?? [];
    return { id: { 'Fn::GetAtt': [id, 'GroupId'] }, properties: Properties };
  };
  return { of, login: group('LoginGroup'), endpoint: group('EndpointGroup') };
};

const by443 = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443 };

describe('the network of the login function', () => {
  it('has an endpoint for Secrets Manager alone, whose group admits the function alone', async () => {
    const { of, login, endpoint } = await networkOf();

    expect(of('AWS::EC2::VPCEndpoint')).toEqual([
      {
        ServiceName: 'com.amazonaws.eu-central-1.secretsmanager',
        VpcEndpointType: 'Interface',
        PrivateDnsEnabled: true,
        VpcId: example.login.vpcId,
        SubnetIds: example.login.subnetIds,
        SecurityGroupIds: [endpoint.id],
      },
    ]);
    expect(endpoint.properties).not.toHaveProperty('SecurityGroupIngress');
    expect(of('AWS::EC2::SecurityGroupIngress')).toEqual([
      expect.objectContaining({ ...by443, GroupId: endpoint.id, SourceSecurityGroupId: login.id }),
    ]);
    expect(of('AWS::EC2::SecurityGroupEgress')).toEqual([
      expect.objectContaining({ ...by443, GroupId: login.id, DestinationSecurityGroupId: endpoint.id }),
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
      expect.objectContaining({ ...by443, GroupId: given, SourceSecurityGroupId: login.id }),
    ]);
    expect(of('AWS::EC2::SecurityGroupEgress')).toEqual([
      expect.objectContaining({ ...by443, GroupId: login.id, DestinationSecurityGroupId: given }),
    ]);
  });

  it('lets the function reach databases, and nothing reach the function', async () => {
    const { of, login } = await networkOf();

    expect(login.properties).not.toHaveProperty('SecurityGroupIngress');
    expect(login.properties).toMatchObject({
      VpcId: example.login.vpcId,
      SecurityGroupEgress: [{ CidrIp: '10.0.0.0/16', IpProtocol: 'tcp', FromPort: 1150, ToPort: 65_535 }],
    });
    expect(of('AWS::Lambda::Function').find((made) => 'VpcConfig' in made)).toMatchObject({
      FunctionName: 'forestbridge-create-windows-logins',
      VpcConfig: {
        SubnetIds: example.login.subnetIds,
        SecurityGroupIds: [login.id],
      },
    });
  });
});
