import type { FunctionName } from '../../functions/functions.ts';
import { arn, names } from '../names.ts';
import { type Grant, noResourceType, type Setting } from './grant.ts';

/** What a workflow's role may do: call the versions of its functions, and use the key for its own data. */
export const stateMachinePermissions = (
  { configuration, keyArn }: Setting,
  name: string,
  called: readonly FunctionName[],
): readonly Grant[] => [
  {
    actions: ['lambda:InvokeFunction'],
    resources: called.map((each) => arn(configuration, 'lambda', `function:${names.function(each)}:*`)),
    because: 'A workflow calls published versions, whose numbers grow.',
  },
  {
    actions: ['kms:GenerateDataKey', 'kms:Decrypt'],
    resources: [keyArn],
    conditions: {
      StringEquals: {
        'kms:EncryptionContext:aws:states:stateMachineArn': arn(
          configuration,
          'states',
          `stateMachine:${names.stateMachine(name)}`,
        ),
      },
    },
  },
  {
    actions: ['kms:GenerateDataKey'],
    resources: [keyArn],
    conditions: { StringEquals: { 'kms:EncryptionContext:SourceArn': arn(configuration, 'logs', '*') } },
  },
  {
    actions: [
      'logs:CreateLogDelivery',
      'logs:GetLogDelivery',
      'logs:UpdateLogDelivery',
      'logs:DeleteLogDelivery',
      'logs:ListLogDeliveries',
      'logs:PutResourcePolicy',
      'logs:DescribeResourcePolicies',
      'logs:DescribeLogGroups',
      'xray:PutTraceSegments',
      'xray:PutTelemetryRecords',
      'xray:GetSamplingRules',
      'xray:GetSamplingTargets',
    ],
    resources: ['*'],
    because: noResourceType,
  },
];
