import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { z } from 'zod';
import { checkAccount } from '../../../functions/request/check-account.ts';
import { parseRequest } from '../../../functions/request/schema.ts';
import { PreflightFailed } from '../../../functions/support/errors.ts';
import { type Finding, findingSchema } from '../../../functions/support/finding.ts';
import { services } from '../../../simulator/services/services.ts';
import { Endpoint, type EndpointOptions } from '../../../simulator/wire/endpoint.ts';
import { VirtualClock } from '../../../simulator/world/clock.ts';
import { domainRoleName, populate } from '../../../simulator/world/from-request.ts';
import { World } from '../../../simulator/world/world.ts';
import { configurationFor } from '../../support/configuration.ts';
import { claimedLedger } from '../../support/ledger-table.ts';
import { stepRunner } from '../../support/step-runner.ts';
import { changed, pathOf } from './requests.ts';

type Around = NonNullable<EndpointOptions['around']>;

const undisturbed: Around = (_call, answer) => answer();
const resultSchema = z.object({ findings: z.array(findingSchema) });
const lineSchema = /^- (?<level>\w+) (?<code>[\w-]+): (?<message>.+)$/;

/** The findings that an error lists, a line each. */
const listed = (message: string): readonly Finding[] =>
  message
    .split('\n')
    .slice(1)
    .map((line) => findingSchema.parse(lineSchema.exec(line)?.groups));

/** An account that a request fits into, before its first step. */
export const preflightAccount = async (json: unknown) => {
  const request = parseRequest(json);
  const { requestId } = request;
  const execution = `arn:aws:states:eu-central-1:111122223333:execution:forestbridge-provision:${requestId}-1`;
  const owner = { requestId, execution };
  const clock = new VirtualClock(Date.UTC(2025, 0, 1));
  const world = new World(clock, 1);
  const { loginSecurityGroupId, loginSubnetIds } = populate(world, request);

  const calls: string[] = [];
  let disturbance = undisturbed;
  const around: Around = (call, answer) => {
    calls.push(`${call.service}:${call.operation}`);
    return disturbance(call, answer);
  };
  const all = services(world, {}, () => Promise.reject(new Error('Nothing is invoked.')));
  const clientConfiguration = {
    ...configurationFor(new Endpoint(all, { around })),
    region: world.region,
  };
  const dynamodb = new DynamoDBClient(clientConfiguration);
  const ledger = await claimedLedger(dynamodb, owner, () => new Date(clock.now()));
  calls.length = 0;

  const runStep = stepRunner({
    clientConfiguration,
    environment: {
      LEDGER_TABLE: 'ledger',
      DOMAIN_ROLE_NAME: domainRoleName,
      LOGIN_SECURITY_GROUP_ID: loginSecurityGroupId,
      LOGIN_SUBNET_IDS: loginSubnetIds.join(', '),
    },
    now: () => new Date(clock.now()),
  });
  const run = (by = execution): Promise<unknown> =>
    runStep(checkAccount, { owner: { requestId, execution: by }, request });

  return {
    clock,
    world,
    request,
    ledger,
    loginSecurityGroupId,
    loginSubnetIds,
    run,
    /** Every call of the step. */
    calls,
    /** From now on every call goes through it. */
    disturb: (next: Around): void => {
      disturbance = next;
    },
    /** From now on the answers to that operation differ at these paths. */
    altering: (operation: string, differences: Readonly<Record<string, unknown>>): void => {
      disturbance = async (call, answer) => {
        const answered = await answer();
        if (call.operation !== operation) return answered;
        return Object.entries(differences).reduce(
          (given, [path, value]) => changed(given, pathOf(path), value),
          answered,
        );
      };
    },
    /** What the step finds, whether it fails by it or not. */
    findings: async (): Promise<readonly Finding[]> => {
      try {
        return resultSchema.parse(await run()).findings;
      } catch (error) {
        if (!(error instanceof PreflightFailed)) throw error;
        return listed(error.message);
      }
    },
  };
};

export type PreflightAccount = Awaited<ReturnType<typeof preflightAccount>>;
