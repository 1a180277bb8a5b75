import { z } from 'zod';
import type { Permissions } from '../../../simulator/policies/guard.ts';
import type { Naming } from '../resolve.ts';
import { resourcesOf } from '../template-permissions.ts';
import { anywhere, arnOf, type Background, on } from './accesses.ts';

const machineSchema = z.object({
  RoleArn: z.string(),
  LoggingConfiguration: z.object({ Level: z.string() }).optional(),
  TracingConfiguration: z.object({ Enabled: z.boolean() }).optional(),
});

/**
 * Step Functions, as a workflow's role:
 * https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html,
 * https://docs.aws.amazon.com/step-functions/latest/dg/xray-iam.html
 */
export const logMachines = (naming: Naming, { roles, keyArn }: Permissions): readonly Background[] =>
  resourcesOf(naming, 'AWS::StepFunctions::StateMachine', machineSchema).flatMap(
    ([, { RoleArn, LoggingConfiguration, TracingConfiguration }]) => {
      const principal = roles.get(RoleArn);
      if (principal === undefined) return [];
      const accesses = [
        ...(LoggingConfiguration === undefined
          ? []
          : anywhere(
              'logs:CreateLogDelivery',
              'logs:GetLogDelivery',
              'logs:UpdateLogDelivery',
              'logs:DeleteLogDelivery',
              'logs:ListLogDeliveries',
              'logs:PutResourcePolicy',
              'logs:DescribeResourcePolicies',
              'logs:DescribeLogGroups',
            )),
        ...on(keyArn, ['kms:GenerateDataKey'], {
          'kms:EncryptionContext:SourceArn': [arnOf(naming, 'logs', '*')],
        }),
        ...(TracingConfiguration?.Enabled === true
          ? anywhere(
              'xray:PutTraceSegments',
              'xray:PutTelemetryRecords',
              'xray:GetSamplingRules',
              'xray:GetSamplingTargets',
            )
          : []),
      ];
      return [{ principal, accesses }];
    },
  );
