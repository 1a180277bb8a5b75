import { describe, expect, it } from 'vitest';
import { smb, surroundings } from '../../../support/two-subnets.ts';

describe('Network', () => {
  it('gives every interface an address of its own, past those that AWS keeps', () => {
    const { network, here } = surroundings();
    expect(here.address).toBe('10.0.1.4');
    expect(network.addInterface('subnet-a', [], 'a second').address).toBe('10.0.1.5');
    network.removeInterface(here.id);
    expect(network.addInterface('subnet-a', [], 'a third').address).toBe('10.0.1.4');
  });

  it('knows where an instance stands', () => {
    const { network, group } = surroundings();
    network.addInstance('i-1', 'subnet-b', [group.id], '10.0.2.77');
    expect(network.interfaceOf('i-1')).toMatchObject({
      address: '10.0.2.77',
      subnetId: 'subnet-b',
      securityGroupIds: [group.id],
    });
  });

  it('makes a group that lets everything out and nothing in', () => {
    const { network, here, there } = surroundings();
    const fresh = network.addSecurityGroup('vpc-1', 'fresh', 'As AWS makes it');
    const host = network.addInterface('subnet-a', [fresh.id], 'a host');
    expect(network.reaches(host, there, smb)).toBe(true);
    expect(network.reaches(here, host, smb)).toBe(
      `the security group ${fresh.id} has no ingress rule for tcp 445 from 10.0.1.4`,
    );
  });

  it('names what is missing: nobody can stand in a subnet that is not there', () => {
    expect(() => surroundings().network.addInterface('subnet-x', [], 'nobody')).toThrow(
      'The world has no subnet-x.',
    );
    expect(() => surroundings().network.addSubnet('subnet-x', 'vpc-x', '10.9.0.0/24', 'a')).toThrow(
      'no vpc-x',
    );
  });
});
