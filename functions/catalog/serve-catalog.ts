import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SFNClient } from '@aws-sdk/client-sfn';
import { z } from 'zod';
import { connectionsSetting } from '../request/connections.ts';
import { named } from '../support/aws-errors.ts';
import { Forbidden } from '../support/errors.ts';
import { ledgerSettings } from '../support/ledger.ts';
import { step } from '../support/step.ts';
import { type Outcome, response, tell } from './answer.ts';
import type { Desk } from './desk.ts';
import { answerableSchema, requestIdOf } from './event.ts';
import { serve } from './serve.ts';

/** Serves the product in Service Catalog: CloudFormation's requests about its resources, each of which it answers. */
export const serveCatalog = step({
  name: 'serve-catalog',
  input: answerableSchema,
  output: z.object({}),
  settings: ledgerSettings.extend({
    CONNECTIONS: connectionsSetting,
    STATE_MACHINE_ARN: z.string().min(1),
    WATCH_STATE_MACHINE_ARN: z.string().min(1),
  }),
  clients: (configuration) => ({
    cloudFormation: new CloudFormationClient(configuration),
    dynamodb: new DynamoDBClient(configuration),
    sfn: new SFNClient(configuration),
  }),
  fails: Forbidden,
  async run(given, { cloudFormation, dynamodb, sfn, settings, now, put, log }) {
    const desk: Desk = {
      cloudFormation,
      dynamodb,
      sfn,
      table: settings.LEDGER_TABLE,
      connections: settings.CONNECTIONS,
      stateMachineArn: settings.STATE_MACHINE_ARN,
      watchStateMachineArn: settings.WATCH_STATE_MACHINE_ARN,
      now,
    };
    const refused = (error: unknown): Outcome => {
      const known = named(error, Forbidden);
      // Whoever calls asynchronously is Lambda, and it calls again: an answer would end the launch.
      if (known.name === 'Throttled') throw known;
      const { name, message } = known;
      log.error('serve-catalog refused', { step: 'serve-catalog', error: name, reason: message });
      return { succeeded: false, reason: message };
    };
    const outcome = await serve(desk, given).catch(refused);
    if (outcome === null) return {};
    const PhysicalResourceId = given.PhysicalResourceId ?? requestIdOf(given.StackId) ?? 'none';
    await tell(put, given.ResponseURL, response({ ...given, PhysicalResourceId }, outcome));
    return {};
  },
});
