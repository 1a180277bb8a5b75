import * as sfn from '@aws-sdk/client-sfn';
import { describe, expect, it } from 'vitest';
import { findExecution, isOver } from '../../../functions/report/execution.ts';
import { newestFirst } from '../../../functions/report/history.ts';
import { Endpoint } from '../../../simulator/wire/endpoint.ts';
import { service } from '../../../simulator/wire/service.ts';
import { configurationFor } from '../../support/configuration.ts';

const bare = {
  executionArn: undefined,
  stateMachineArn: undefined,
  status: undefined,
  startDate: undefined,
} satisfies Omit<sfn.DescribeExecutionCommandOutput, '$metadata'>;

/** A Step Functions that says of an execution just that. */
const clientOf = (answer: Partial<sfn.DescribeExecutionCommandOutput>): sfn.SFNClient => {
  const operations = {
    DescribeExecution: () => ({ ...bare, ...answer }),
    GetExecutionHistory: () => ({ events: undefined }),
  };
  return new sfn.SFNClient(configurationFor(new Endpoint([service('states', sfn, operations)])));
};

describe('an execution', () => {
  it('is told of even where AWS says little', async () => {
    expect(await findExecution(clientOf({}), 'arn:one')).toEqual({
      arn: 'arn:one',
      name: 'arn:one',
      status: 'RUNNING',
      requestId: null,
      redrives: 0,
      redrivenAt: null,
      stoppedAt: '',
      error: null,
      reason: '',
      output: '',
      isRedrivable: false,
    });
    expect(await Array.fromAsync(newestFirst(clientOf({}), 'arn:one'))).toEqual([]);
  });

  it('has the reason without what Lambda wraps around it', async () => {
    const answer = {
      name: 'one',
      status: 'FAILED',
      input: '{"requestId":"orders","more":true}',
      error: 'TrustFailed',
      cause: '{"errorType":"TrustFailed","errorMessage":"Access is denied","trace":["at ..."]}',
      redriveCount: 2,
      redriveDate: new Date(1000),
      stopDate: new Date(2000),
      redriveStatus: 'REDRIVABLE',
    } as const;
    expect(await findExecution(clientOf(answer), 'arn:one')).toEqual({
      arn: 'arn:one',
      name: 'one',
      status: 'FAILED',
      requestId: 'orders',
      redrives: 2,
      redrivenAt: new Date(1000),
      stoppedAt: '1970-01-01T00:00:02.000Z',
      error: 'TrustFailed',
      reason: 'Access is denied',
      output: '',
      isRedrivable: true,
    });
  });

  it.each([
    ['RUNNING', false],
    ['PENDING_REDRIVE', false],
    ['SUCCEEDED', true],
    ['FAILED', true],
    ['TIMED_OUT', true],
    ['ABORTED', true],
  ] as const)('that is %s is over: %j', (status, over) => {
    expect(isOver({ status })).toBe(over);
  });
});
