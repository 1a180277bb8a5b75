import { validateRequest } from '../../../functions/request/validate-request.ts';
import { lambdaContext } from '../../support/lambda-context.ts';

/** A connection that allows the example of a one-way forest. */
export const connection = {
  name: 'corp',
  domainName: 'corp.example.com',
  shortName: 'CORP',
  dnsIpAddresses: ['10.20.0.10', '10.20.0.11'],
  networks: ['10.20.0.0/16'],
  clientNetworks: ['10.30.0.0/16'],
  domainControllers: [
    { managedNodeId: 'mi-0a1b2c3d4e5f60718', roleArn: 'arn:aws:iam::111122223333:role/domain-controller' },
  ],
  trust: { type: 'Forest', direction: 'One-Way: Outgoing' },
  directory: { nameSuffix: 'example.com' },
  vpcIds: ['vpc-0a1b2c3d4e5f60718'],
  subnetIds: [
    'subnet-0a1b2c3d4e5f60711',
    'subnet-0a1b2c3d4e5f60712',
    'subnet-0a1b2c3d4e5f60713',
    'subnet-0a1b2c3d4e5f60714',
  ],
  identifierPrefixes: ['orders', 'ledger', 'payroll'],
  existingInstances: [{ identifier: 'archive' }],
};

/** The step as a deployment with these connections has it; the setting may be anything, as an environment's can. */
export const stepWith = (CONNECTIONS: string | undefined) =>
  validateRequest.bind({
    clientConfiguration: {
      region: 'eu-west-1',
      credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
      maxAttempts: 1,
    },
    environment: { CONNECTIONS },
    now: () => new Date(0),
    connect: () => Promise.reject(new Error('A request is validated without any connection.')),
    put: () => Promise.reject(new Error('Nobody waits for a request to be validated.')),
    log: { debug() {}, info() {}, error() {} },
  });

/** What the step makes of a request. */
export const validate = (
  request: unknown,
  connections: readonly unknown[] = [connection],
): Promise<unknown> => stepWith(JSON.stringify(connections))({ request }, lambdaContext);
