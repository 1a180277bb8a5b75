import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as ec2Package from '@aws-sdk/client-ec2';
import * as rdsPackage from '@aws-sdk/client-rds';
import type { Step } from '../../functions/support/step.ts';
import { dynamodb } from '../../simulator/services/dynamodb.ts';
import { ec2 } from '../../simulator/services/ec2.ts';
import { rds } from '../../simulator/services/rds.ts';
import { Endpoint, type EndpointOptions } from '../../simulator/wire/endpoint.ts';
import { service } from '../../simulator/wire/service.ts';
import { VirtualClock } from '../../simulator/world/clock.ts';
import { Databases, type DomainCauses } from '../../simulator/world/databases.ts';
import { Network } from '../../simulator/world/network.ts';
import { Random } from '../../simulator/world/random.ts';
import { Roles } from '../../simulator/world/roles.ts';
import { Secrets } from '../../simulator/world/secrets.ts';
import { configurationFor } from './configuration.ts';
import { claimedLedger } from './ledger-table.ts';
import { stepRunner } from './step-runner.ts';

type Around = NonNullable<EndpointOptions['around']>;

const owner = {
  requestId: 'orders',
  execution: 'arn:aws:states:eu-west-1:123456789012:execution:forestbridge-provision:orders-1',
};

const undisturbed: Around = (_call, answer) => answer();

const noDomains: DomainCauses = { activeDirectory: () => null, whyNotJoin: () => 'There are no domains.' };

/** An account of networks, databases and a ledger, reached through the SDK's own clients. */
export const networkAccount = async (
  environment: Readonly<Record<string, string>> = { LEDGER_TABLE: 'ledger' },
) => {
  const clock = new VirtualClock(Date.UTC(2025, 0, 1));
  const setting = { clock, random: new Random(1), accountId: '123456789012', region: 'eu-west-1' };
  const network = new Network(setting);
  const databases = new Databases(setting, network, new Secrets(setting), noDomains);
  const rdsWorld = { setting, databases, network, roles: new Roles(setting), causes: noDomains };
  const calls: string[] = [];
  let disturbance = undisturbed;
  const services = [
    service('ec2', ec2Package, ec2(network, setting)),
    service('rds', rdsPackage, rds(rdsWorld)),
    dynamodb(),
  ];
  const around: Around = (call, answer) => {
    calls.push(`${call.service}:${call.operation}`);
    return disturbance(call, answer);
  };
  const configuration = configurationFor(new Endpoint(services, { around }));
  const client = new DynamoDBClient(configuration);
  const ledger = await claimedLedger(client, owner, () => new Date(clock.now()));
  calls.length = 0;
  const runStep = stepRunner({
    clientConfiguration: configuration,
    environment,
    now: () => new Date(clock.now()),
  });

  return {
    network,
    databases,
    ledger,
    ec2: new ec2Package.EC2Client(configuration),
    /** Every call since the account was made, or since `disturb`. */
    calls,
    /** From now on every call goes through it. */
    disturb: (next: Around): void => {
      calls.length = 0;
      disturbance = next;
    },
    run: (step: Step, input: object): Promise<unknown> => runStep(step, { owner, ...input }),
    /** All that is true of networks and subnet groups, and all that the ledger says. */
    world: async () => {
      const { securityGroups, interfaces } = structuredClone(network);
      const { subnetGroups } = structuredClone(databases);
      return { securityGroups, interfaces, subnetGroups, ledger: await ledger.all() };
    },
  };
};
