import { z } from 'zod';
import type { Permissions } from '../../../simulator/policies/guard.ts';
import type { Naming } from '../resolve.ts';
import { resourcesOf } from '../template-permissions.ts';
import { anywhere, arnOf, type Background, encrypting, on, via } from './accesses.ts';

const functionSchema = z.object({
  Role: z.string(),
  LoggingConfig: z.object({ LogGroup: z.string() }),
  TracingConfig: z.object({ Mode: z.literal('Active') }).optional(),
  VpcConfig: z.unknown().optional(),
  DeadLetterConfig: z.object({ TargetArn: z.string() }).optional(),
});

/**
 * Lambda, as a function's role:
 * https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs.html (the log group is the template's own),
 * https://docs.aws.amazon.com/lambda/latest/dg/services-xray.html,
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html,
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 */
export const runFunctions = (naming: Naming, { roles, keyArn }: Permissions): readonly Background[] =>
  resourcesOf(naming, 'AWS::Lambda::Function', functionSchema).flatMap(
    ([, { Role, LoggingConfig, TracingConfig, VpcConfig, DeadLetterConfig }]) => {
      const principal = roles.get(Role);
      if (principal === undefined) return [];
      const stream = arnOf(naming, 'logs', `log-group:${LoggingConfig.LogGroup}:log-stream:2026/01/05/[1]0`);
      const accesses = [
        ...on(stream, ['logs:CreateLogStream', 'logs:PutLogEvents']),
        ...(TracingConfig === undefined ? [] : anywhere('xray:PutTraceSegments', 'xray:PutTelemetryRecords')),
        ...(VpcConfig === undefined
          ? []
          : anywhere(
              'ec2:CreateNetworkInterface',
              'ec2:DescribeNetworkInterfaces',
              'ec2:DescribeSubnets',
              'ec2:DeleteNetworkInterface',
              'ec2:AssignPrivateIpAddresses',
              'ec2:UnassignPrivateIpAddresses',
            )),
        ...(DeadLetterConfig === undefined
          ? []
          : [
              ...on(DeadLetterConfig.TargetArn, ['sqs:SendMessage']),
              ...on(keyArn, encrypting, via(naming, 'sqs')),
            ]),
      ];
      return [{ principal, accesses }];
    },
  );
