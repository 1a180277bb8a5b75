import type { Fields } from '../support/state-machines.ts';

export const poll = { ErrorEquals: ['NotReady'], IntervalSeconds: 60, MaxAttempts: 60, BackoffRate: 1 };
export const throttled = {
  ErrorEquals: ['Throttled', 'Lambda.TooManyRequestsException'],
  IntervalSeconds: 2,
  MaxAttempts: 8,
  JitterStrategy: 'FULL',
};
export const passing = {
  ErrorEquals: [
    'Lambda.ServiceException',
    'Lambda.AWSLambdaException',
    'Lambda.SdkClientException',
    'Lambda.Unknown',
    'Sandbox.Timedout',
    'Lambda.ClientExecutionTimeoutException',
    'States.Timeout',
  ],
  MaxAttempts: 3,
};

/** A task that keeps every rule of the house. */
export const task = (more: Fields = {}): Fields => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Arguments: { FunctionName: '${EnsureDirectory}', Payload: '{% $states.input %}' },
  TimeoutSeconds: 60,
  Retry: [poll, throttled, passing],
  End: true,
  ...more,
});
export const named = (name: string): Fields => ({ Arguments: { FunctionName: name } });
