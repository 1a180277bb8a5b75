import * as sfn from '@aws-sdk/client-sfn';
import { describe, expect, it } from 'vitest';
import { stepFunctions } from '../../../simulator/services/step-functions.ts';
import { Endpoint } from '../../../simulator/wire/endpoint.ts';
import { service } from '../../../simulator/wire/service.ts';
import { VirtualClock } from '../../../simulator/world/clock.ts';
import { Random } from '../../../simulator/world/random.ts';
import { definition, failing, start, task } from '../../support/state-machines.ts';

describe("Step Functions, seen by AWS's own client", () => {
  it('fails, is redriven and tells its history', async () => {
    const ask = failing(['Conflict']);
    const setting = {
      clock: new VirtualClock(start),
      random: new Random(1),
      accountId: '123456789012',
      region: 'eu-west-1',
    };
    const { operations, executions } = stepFunctions(
      setting,
      async () => ask(),
      () => undefined,
    );
    const client = new sfn.SFNClient({
      region: 'eu-west-1',
      credentials: { accessKeyId: 'anybody', secretAccessKey: 'anything' },
      maxAttempts: 1,
      requestHandler: new Endpoint([service('states', sfn, operations)]).requestHandler(),
    });
    const text = definition({ A: task('Ask', { Assign: { x: 1 } }) });
    const machine = { name: 'machine', roleArn: 'arn:aws:iam::123456789012:role/machine' };

    const { stateMachineArn } = await client.send(
      new sfn.CreateStateMachineCommand({ ...machine, definition: text }),
    );
    const { executionArn = '' } = await client.send(
      new sfn.StartExecutionCommand({ stateMachineArn, name: 'one' }),
    );
    await executions.ended(executionArn);
    const failed = await client.send(new sfn.DescribeExecutionCommand({ executionArn }));
    await client.send(new sfn.RedriveExecutionCommand({ executionArn }));
    await executions.ended(executionArn);
    const mended = await client.send(new sfn.DescribeExecutionCommand({ executionArn }));
    const { events = [] } = await client.send(new sfn.GetExecutionHistoryCommand({ executionArn }));
    const again = client.send(new sfn.RedriveExecutionCommand({ executionArn }));

    expect(failed).toMatchObject({
      status: 'FAILED',
      error: 'Conflict',
      startDate: new Date(start),
      redriveStatus: 'REDRIVABLE',
    });
    expect(mended).toMatchObject({ status: 'SUCCEEDED', output: '"done"', redriveCount: 1 });
    expect(events.at(-2)).toMatchObject({
      type: 'TaskStateExited',
      timestamp: new Date(start),
      stateExitedEventDetails: { name: 'A', output: '"done"', assignedVariables: { x: '1' } },
    });
    await expect(again).rejects.toThrow(sfn.ExecutionNotRedrivable);
    await expect(
      client.send(new sfn.CreateStateMachineCommand({ ...machine, name: 'other', definition: '{}' })),
    ).rejects.toThrow(sfn.InvalidDefinition);
  });
});
