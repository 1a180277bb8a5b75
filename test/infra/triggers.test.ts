import { beforeAll, describe, expect, it } from 'vitest';
import { exampleConfiguration, type Resources, templateOf } from '../support/template.ts';

const machineArn = 'arn:aws:states:eu-central-1:111122223333:stateMachine:forestbridge-provision';

describe('what starts by itself', () => {
  let byId: Resources;
  beforeAll(async () => {
    ({ byId } = await templateOf({
      ...exampleConfiguration(),
      tags: {},
      schedule: { expression: 'rate(12 hours)', flexibleMinutes: 15 },
      reservedConcurrency: { conclude: 5, 'serve-catalog': 1 },
    }));
  });
  const all = (type: string) => Object.entries(byId).filter(([, { Type }]) => Type === type);
  /** The ARN of what is called so, as the template refers to it. */
  const arnOf = (type: string, property: string, name: string) => {
    const found = all(type).find(([, { Properties }]) => Properties[property] === name);
    return { 'Fn::GetAtt': [found?.[0], 'Arn'] };
  };
  const queue = (name: string) => arnOf('AWS::SQS::Queue', 'QueueName', name);

  it('is the check of the trusts, as it is configured, tried again and then kept', () => {
    expect(all('AWS::Scheduler::Schedule').map(([, { Properties }]) => Properties)).toMatchObject([
      {
        ScheduleExpression: 'rate(12 hours)',
        FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 15 },
        Target: {
          Arn: arnOf('AWS::StepFunctions::StateMachine', 'StateMachineName', 'forestbridge-check-trusts'),
          Input: '{}',
          RetryPolicy: { MaximumRetryAttempts: 10, MaximumEventAgeInSeconds: 7200 },
          DeadLetterConfig: { Arn: queue('forestbridge-unscheduled') },
        },
      },
    ]);
  });

  it('is conclude at every end of a provisioning, tried again and then kept', () => {
    const conclude = arnOf('AWS::Lambda::Function', 'FunctionName', 'forestbridge-conclude');
    const rules = all('AWS::Events::Rule');

    expect(rules.map(([, { Properties }]) => Properties)).toEqual([
      {
        Description: 'How executions of Forestbridge end',
        State: 'ENABLED',
        EventPattern: {
          source: ['aws.states'],
          'detail-type': ['Step Functions Execution Status Change'],
          detail: {
            stateMachineArn: [machineArn],
            status: ['SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'],
          },
        },
        Targets: [
          {
            Id: 'Target0',
            Arn: conclude,
            RetryPolicy: { MaximumRetryAttempts: 20, MaximumEventAgeInSeconds: 21_600 },
            DeadLetterConfig: { Arn: queue('forestbridge-undelivered') },
          },
        ],
      },
    ]);
    expect(all('AWS::Lambda::Permission').map(([, { Properties }]) => Properties)).toEqual([
      {
        Action: 'lambda:InvokeFunction',
        FunctionName: conclude,
        Principal: 'events.amazonaws.com',
        SourceArn: { 'Fn::GetAtt': [rules[0]?.[0], 'Arn'] },
      },
    ]);
  });

  it('has executions reserved where that is configured, and nowhere else', () => {
    const reserved = all('AWS::Lambda::Function').flatMap(([, { Properties }]) =>
      'ReservedConcurrentExecutions' in Properties
        ? [[Properties['FunctionName'], Properties['ReservedConcurrentExecutions']]]
        : [],
    );
    expect(new Map(reserved.map(([name, many]) => [name, many]))).toEqual(
      new Map([
        ['forestbridge-conclude', 5],
        ['forestbridge-serve-catalog', 1],
      ]),
    );
  });
});
