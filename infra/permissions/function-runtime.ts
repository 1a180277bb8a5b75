import type { FunctionName } from '../../functions/functions.ts';
import { arn, names, type Place } from '../names.ts';
import { type Grant, noResourceType, type Setting } from './grant.ts';
import { keyThrough } from './support.ts';

/** Whether it is called by events, which are lost when it fails again and again unless a queue keeps them. */
export const isAsynchronous = (name: FunctionName): boolean =>
  name === 'conclude' || name === 'serve-catalog';

const keepEvents = (setting: Setting): readonly Grant[] => [
  {
    actions: ['sqs:SendMessage'],
    resources: [arn(setting.configuration, 'sqs', names.deadLetters('undelivered'))],
  },
  keyThrough(setting, 'sqs', 'GenerateDataKey', 'Decrypt'),
];

/** What Lambda itself needs of a function's role: to write its log, to give it interfaces in a VPC, to keep events it fails on. */
export const functionRuntime = (setting: Setting, name: FunctionName, isInVpc: boolean): readonly Grant[] => [
  {
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    resources: [arn(setting.configuration, 'logs', `log-group:/forestbridge/${name}:*`)],
    because: 'Lambda names the streams of a log.',
  },
  {
    actions: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'],
    resources: ['*'],
    because: noResourceType,
  },
  ...(isInVpc ? [interfaces(setting.configuration, name)] : []),
  ...(isAsynchronous(name) ? keepEvents(setting) : []),
];

/** Lambda makes the interfaces; the function's own code may not. */
const interfaces = (place: Place, name: FunctionName): Grant => ({
  actions: [
    'ec2:CreateNetworkInterface',
    'ec2:DeleteNetworkInterface',
    'ec2:DescribeNetworkInterfaces',
    'ec2:DescribeSubnets',
    'ec2:AssignPrivateIpAddresses',
    'ec2:UnassignPrivateIpAddresses',
  ],
  resources: ['*'],
  conditions: {
    ArnNotEquals: { 'lambda:SourceFunctionArn': arn(place, 'lambda', `function:${names.function(name)}`) },
  },
  because: noResourceType,
});
