import { beforeEach, describe, expect, it } from 'vitest';
import { VirtualClock } from '../../../../simulator/world/clock.ts';
import { World } from '../../../../simulator/world/world.ts';
import { needs } from './needs.ts';

describe('What Systems Manager needs', () => {
  let world: World;
  beforeEach(() => {
    world = new World(new VirtualClock(0), 1);
  });

  it('for a command: the document, and every node', () => {
    world.network.addVpc('vpc-1', '10.0.0.0/16');
    world.network.addSubnet('subnet-1', 'vpc-1', '10.0.0.0/24', 'eu-central-1a');
    world.network.addInstance('i-0a1b2c3d', 'subnet-1', []).tags['team'] = 'directory';
    const input = {
      DocumentName: 'forestbridge-check',
      InstanceIds: ['mi-0a1b2c3d4e5f60718', 'i-0a1b2c3d', 'i-1'],
    };
    expect(needs(world, 'ssm', 'SendCommand', input)).toEqual([
      'ssm:SendCommand on ssm:document/forestbridge-check',
      'ssm:SendCommand on ssm:managed-instance/mi-0a1b2c3d4e5f60718',
      'ssm:SendCommand on ec2:instance/i-0a1b2c3d aws:ResourceTag/team=directory ssm:resourceTag/team=directory',
      'ssm:SendCommand on ec2:instance/i-1',
    ]);
  });

  it.each([
    ['AWS-RunPowerShellScript', 'ssm:eu-central-1::document/AWS-RunPowerShellScript'],
    ['arn:aws:ssm:eu-central-1:999999999999:document/x', 'ssm:eu-central-1:999999999999:document/x'],
  ])('for the document %s: whose it is', (DocumentName, resource) => {
    expect(needs(world, 'ssm', 'SendCommand', { DocumentName })).toEqual([`ssm:SendCommand on ${resource}`]);
  });

  it('is not known for nodes that are not named', () => {
    const Targets = [{ Key: 'tag:team', Values: ['x'] }];
    expect(() => needs(world, 'ssm', 'SendCommand', { DocumentName: 'x', Targets })).toThrow(
      'name the nodes',
    );
  });

  it.each(['DescribeInstanceInformation', 'GetCommandInvocation', 'ListCommands'])(
    'for %s: everything',
    (operation) => {
      expect(needs(world, 'ssm', operation, {})).toEqual([`ssm:${operation} on *`]);
    },
  );
});
