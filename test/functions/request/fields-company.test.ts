import { describe, it } from 'vitest';
import { expectAdvice, long, network } from '../../support/wrong-field.ts';

const host = 'write the IPv4 address of a host, such as "10.20.0.10"';

const invalid = [
  [
    'onPremises',
    undefined,
    'write an object of domainName, shortName, dnsIpAddresses, networks, domainController',
  ],
  ['onPremises.domainName', 'CORP', 'at least two labels and at most 64 characters'],
  ['onPremises.domainName', `${long(30)}.${long(31)}.com`, 'at most 64 characters'],
  ['onPremises.shortName', long(16), 'write a NetBIOS name of 1 to 15'],
  ['onPremises.dnsIpAddresses', [], "write a list of 1 to 4 addresses of the company's DNS servers"],
  [
    'onPremises.dnsIpAddresses',
    ['10.20.0.1', '10.20.0.2', '10.20.0.3', '10.20.0.4', '10.20.0.5'],
    'a list of 1 to 4',
  ],
  ['onPremises.dnsIpAddresses[0]', '10.20.0.256', host],
  ['onPremises.dnsIpAddresses[0]', '010.20.0.10', host],
  ['onPremises.dnsIpAddresses[0]', '2001:db8::1', host],
  ['onPremises.dnsIpAddresses[0]', '127.0.0.1', host],
  ['onPremises.dnsIpAddresses[0]', '169.254.169.253', host],
  ['onPremises.dnsIpAddresses[0]', '224.0.0.1', host],
  ['onPremises.dnsIpAddresses[0]', '0.0.0.0', host],
  ['onPremises.dnsIpAddresses[0]', '255.255.255.255', host],
  ['onPremises.dnsIpAddresses[0]', '240.0.0.1', host],
  ['onPremises.networks', [], 'write a list of 1 to 4 networks'],
  [
    'onPremises.networks',
    ['10.1.0.0/16', '10.2.0.0/16', '10.3.0.0/16', '10.4.0.0/16', '10.20.0.0/16'],
    'a list of 1 to 4',
  ],
  ['onPremises.networks[0]', '0.0.0.0/0', network],
  ['onPremises.networks[0]', '::/0', network],
  ['onPremises.networks[0]', '10.0.0.0/7', network],
  ['onPremises.networks[0]', '10.20.0.0/33', network],
  ['onPremises.networks[0]', '10.20.0.0', network],
  ['onPremises.networks[0]', '0.0.0.0/8', network],
  ['onPremises.networks[0]', '127.0.0.0/8', network],
  ['onPremises.networks[0]', '169.254.0.0/16', network],
  ['onPremises.networks[0]', '239.0.0.0/8', network],
  ['onPremises.networks[0]', '250.0.0.0/8', network],
  ['onPremises.clientNetworks', [], 'write a list of 1 to 4 networks whose clients log in'],
  ['onPremises.clientNetworks', ['172.16.0.0/11', '172.64.0.0/4'], network, 'onPremises.clientNetworks[1]'],
  ['onPremises.domainController', 'mi-0a1b2c3d4e5f60718', 'write an object of managedNodeId'],
  [
    'onPremises.domainController.managedNodeId',
    'mi-0a1b2c3d',
    'by which Systems Manager knows the domain controller',
  ],
  [
    'onPremises.domainController.managedNodeId',
    'dc1',
    'by which Systems Manager knows the domain controller',
  ],
] as const;

describe('a field of the company that is wrong', () => {
  it.each(invalid)('%s = %j: %s', expectAdvice);
});
