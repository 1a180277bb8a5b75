import * as directoryServicePackage from '@aws-sdk/client-directory-service';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as secretsPackage from '@aws-sdk/client-secrets-manager';
import * as sfnPackage from '@aws-sdk/client-sfn';
import * as ssmPackage from '@aws-sdk/client-ssm';
import { Claim } from '../../functions/support/claim.ts';
import { Ledger, type Owner } from '../../functions/support/ledger.ts';
import type { Step } from '../../functions/support/step.ts';
import { documents } from '../../run-command/documents.ts';
import { directoryOperations } from '../../simulator/services/directory-service.ts';
import { dynamodb } from '../../simulator/services/dynamodb.ts';
import { secretsManager } from '../../simulator/services/secrets-manager.ts';
import { ssm } from '../../simulator/services/ssm.ts';
import { trustOperations } from '../../simulator/services/trust-operations.ts';
import { Endpoint, type EndpointOptions } from '../../simulator/wire/endpoint.ts';
import { service } from '../../simulator/wire/service.ts';
import { ServiceError } from '../../simulator/wire/service-error.ts';
import { VirtualClock } from '../../simulator/world/clock.ts';
import { newForest } from '../../simulator/world/forest.ts';
import { World } from '../../simulator/world/world.ts';
import { configurationFor } from './configuration.ts';
import { createLedgerTable } from './ledger-table.ts';
import { bindStep, settled, stepRunner } from './step-runner.ts';

type Around = NonNullable<EndpointOptions['around']>;

export const owner = {
  requestId: 'orders',
  execution: 'arn:aws:states:eu-west-1:111122223333:execution:forestbridge-provision:orders-20250101T000000',
};
export const directoryId = 'd-1234567890';
export const directoryName = 'aws.example.com';
export const domainName = 'corp.example.com';
export const managedNodeId = 'mi-0a1b2c3d4e5f60718';
export const companyNetwork = '10.20.0.0/16';
const vpcId = 'vpc-0123456789abcdef0';
const subnetIds = ['subnet-0000000000000000a', 'subnet-0000000000000000b'];

export const onPremises = {
  domainName,
  shortName: 'CORP',
  dnsIpAddresses: ['10.20.0.10', '10.20.0.11'],
  networks: [companyNetwork],
  clientNetworks: [companyNetwork],
};

/** The trust that most tests ask for: the directory trusts the company. */
export const outgoing = {
  type: 'Forest',
  direction: 'One-Way: Outgoing',
  selectiveAuthentication: false,
} as const;

const undisturbed: Around = (_call, answer) => answer();

/** A VPC that leads to the company, with an Active directory whose group lets everything through. */
const layOut = (world: World) => {
  const { network } = world;
  network.addVpc(vpcId, '10.0.0.0/16');
  subnetIds.forEach((subnetId, index) => {
    network.addSubnet(subnetId, vpcId, `10.0.${index}.0/24`, `eu-west-1${index === 0 ? 'a' : 'b'}`);
    network.route(subnetId, { destination: companyNetwork, target: 'tgw-1', state: 'active' });
  });
  const directory = world.directories.place(
    {
      name: directoryName,
      shortName: 'AWS',
      edition: 'Standard',
      description: null,
      vpcId,
      subnetIds,
      tags: new Map(),
    },
    directoryId,
  );
  const everything = { protocol: '-1', fromPort: -1, toPort: -1, peer: companyNetwork, description: null };
  network.addRules(directory.securityGroupId, [
    { ...everything, egress: true },
    { ...everything, egress: false },
  ]);
  return directory;
};

/** The company's forest, with one domain controller that is a managed node. */
const settle = (world: World) => {
  const controller = {
    managedNodeId,
    address: '10.20.0.10',
    subnetId: null,
    securityGroupIds: [],
    agentVersion: '3.3.2958.0',
    up: true,
    clockSkewSeconds: 0,
  };
  const forest = newForest({ ...onPremises, domainControllers: [controller] });
  world.forests.push(forest);
  return { forest, controller };
};

/** The documents as a deployment registers them, and the setting that pins them. */
const deploy = (world: World): string => {
  const entries = documents().map(({ name, content, hash }) => {
    world.commands.documents.set(`forestbridge-${name}`, { name: `forestbridge-${name}`, content, hash });
    return [name, { name: `forestbridge-${name}`, version: '1', hash }] as const;
  });
  return JSON.stringify(Object.fromEntries(entries));
};

/** An account with a directory and a company beside it, reached through the SDK's own clients. */
export const trustAccount = async (seed = 1) => {
  const clock = new VirtualClock(Date.UTC(2025, 0, 1));
  const world = new World(clock, seed);
  const directory = layOut(world);
  const { forest, controller } = settle(world);
  const documentsSetting = deploy(world);
  const { directories, trusts, network, commands, secrets } = world;

  const calls: string[] = [];
  let disturbance = undisturbed;
  const around: Around = (call, answer) => {
    calls.push(`${call.service}:${call.operation}`);
    return disturbance(call, answer);
  };
  const services = [
    service('ds', directoryServicePackage, {
      ...directoryOperations(directories, network, world),
      ...trustOperations(directories, trusts),
    }),
    service('ssm', ssmPackage, ssm(commands, world)),
    service('secretsmanager', secretsPackage, secretsManager(secrets, world)),
    // No execution is known here, unless a test answers for one.
    service('states', sfnPackage, {
      DescribeExecution: () => {
        throw new ServiceError('ExecutionDoesNotExist', 'Execution Does Not Exist');
      },
    }),
    dynamodb(),
  ];
  const configuration = configurationFor(new Endpoint(services, { around }));
  const client = new DynamoDBClient(configuration);
  const ledger = new Ledger(client, 'ledger', owner, () => new Date(clock.now()));
  await createLedgerTable(client);
  calls.length = 0;

  const given = {
    clientConfiguration: configuration,
    environment: { LEDGER_TABLE: 'ledger', DOCUMENTS: documentsSetting },
    now: () => new Date(clock.now()),
  };
  const bind = (step: Step, others: Readonly<Record<string, string>> = {}): ReturnType<Step['bind']> =>
    bindStep(step, { ...given, environment: { ...given.environment, ...others } });
  const runStep = stepRunner(given);
  const run = (step: Step, input: object): Promise<unknown> => runStep(step, { owner, ...input });

  return {
    clock,
    world,
    directory,
    forest,
    controller,
    secrets,
    commands,
    ledger,
    claimOf: (holder: Owner): Claim => new Claim(client, 'ledger', holder),
    bind,
    run,
    seconds: (count: number): Promise<void> => clock.sleep(count * 1000),
    /** Every call since the account was made, or since `disturb`. */
    calls,
    /** From now on every call goes through it. */
    disturb: (next: Around = undisturbed): void => {
      calls.length = 0;
      disturbance = next;
    },
    /** From now on that operation gives this answer, or throws it. */
    answering: (operation: string, given: object): void => {
      disturbance = (call, answer) => {
        if (call.operation !== operation) return answer();
        return given instanceof Error ? Promise.reject(given) : Promise.resolve(given);
      };
    },
    /** As the state machine does: again and again, while the step waits or was throttled. */
    settle: (step: Step, input: object, seconds = 15): Promise<unknown> =>
      settled(() => run(step, input), clock, seconds),
    /** The ledger's entries by name, with AWS's ids. */
    entries: async () =>
      Object.fromEntries((await ledger.all()).map(({ item, id }) => [item.replace('made#', ''), id ?? null])),
  };
};

export type TrustAccount = Awaited<ReturnType<typeof trustAccount>>;
