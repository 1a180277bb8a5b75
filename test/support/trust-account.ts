import * as directoryServicePackage from '@aws-sdk/client-directory-service';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as secretsPackage from '@aws-sdk/client-secrets-manager';
import * as sfnPackage from '@aws-sdk/client-sfn';
import * as ssmPackage from '@aws-sdk/client-ssm';
import { Claim } from '../../functions/support/claim.ts';
import type { Owner } from '../../functions/support/ledger.ts';
import type { Step } from '../../functions/support/step.ts';
import { directoryOperations } from '../../simulator/services/directory-service.ts';
import { dynamodb } from '../../simulator/services/dynamodb.ts';
import { secretsManager } from '../../simulator/services/secrets-manager.ts';
import { ssm } from '../../simulator/services/ssm.ts';
import { trustOperations } from '../../simulator/services/trust-operations.ts';
import { Endpoint, type EndpointOptions } from '../../simulator/wire/endpoint.ts';
import { service } from '../../simulator/wire/service.ts';
import { ServiceError } from '../../simulator/wire/service-error.ts';
import { VirtualClock } from '../../simulator/world/clock.ts';
import { World } from '../../simulator/world/world.ts';
import { placeCompany, placeDirectory, placeDocuments } from './company.ts';
import { configurationFor } from './configuration.ts';
import { claimedLedger } from './ledger-table.ts';
import { bindStep, settled, stepRunner } from './step-runner.ts';

export {
  companyNetwork,
  directoryId,
  directoryName,
  domainName,
  managedNodeId,
  onPremises,
} from './company.ts';

type Around = NonNullable<EndpointOptions['around']>;

export const owner = {
  requestId: 'orders',
  execution: 'arn:aws:states:eu-west-1:111122223333:execution:forestbridge-provision:orders-20250101T000000',
};
/** The trust that most tests ask for: the directory trusts the company. */
export const outgoing = {
  type: 'Forest',
  direction: 'One-Way: Outgoing',
  selectiveAuthentication: false,
} as const;

const undisturbed: Around = (_call, answer) => answer();

/** An account with a directory and a company beside it, reached through the SDK's own clients. */
export const trustAccount = async (seed = 1) => {
  const clock = new VirtualClock(Date.UTC(2025, 0, 1));
  const world = new World(clock, seed);
  const directory = placeDirectory(world);
  const { forest, controller } = placeCompany(world);
  const documentsSetting = placeDocuments(world);
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
  const ledger = await claimedLedger(client, owner, () => new Date(clock.now()));
  calls.length = 0;

  const given = {
    clientConfiguration: configuration,
    environment: { LEDGER_TABLE: 'ledger', DOCUMENTS: documentsSetting, SECRETS_KEY_ARN: world.keyArn },
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
