import type { FunctionName } from '../../functions/functions.ts';
import { arn, names, type Place } from '../names.ts';
import { type Grant, noResourceType } from './grant.ts';

/** What Lambda itself needs of a function's role: to write its log and, in a VPC, to give it interfaces. */
export const functionRuntime = (place: Place, name: FunctionName, isInVpc: boolean): readonly Grant[] => [
  {
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    resources: [arn(place, 'logs', `log-group:/forestbridge/${name}:*`)],
    because: 'Lambda names the streams of a log.',
  },
  {
    actions: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'],
    resources: ['*'],
    because: noResourceType,
  },
  ...(isInVpc ? [interfaces(place, name)] : []),
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
