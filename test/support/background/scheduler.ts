import { z } from 'zod';
import type { Permissions } from '../../../simulator/policies/guard.ts';
import type { Naming } from '../resolve.ts';
import { resourcesOf } from '../template-permissions.ts';
import { type Background, encrypting, on, via } from './accesses.ts';

const scheduleSchema = z.object({
  KmsKeyArn: z.string().optional(),
  Target: z.object({ RoleArn: z.string(), DeadLetterConfig: z.object({ Arn: z.string() }).optional() }),
});

/**
 * Scheduler, as a schedule's role: opens the schedule's input, and keeps what it could not deliver:
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/encryption-rest.html,
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/configuring-schedule-dlq.html
 */
export const schedule = (naming: Naming, { roles, keyArn }: Permissions): readonly Background[] =>
  resourcesOf(naming, 'AWS::Scheduler::Schedule', scheduleSchema).flatMap(([, { KmsKeyArn, Target }]) => {
    const principal = roles.get(Target.RoleArn);
    if (principal === undefined) return [];
    const queue = Target.DeadLetterConfig?.Arn;
    const accesses = [
      ...(KmsKeyArn === undefined ? [] : on(KmsKeyArn, ['kms:Decrypt'], via(naming, 'scheduler'))),
      ...(queue === undefined
        ? []
        : [...on(queue, ['sqs:SendMessage']), ...on(keyArn, encrypting, via(naming, 'sqs'))]),
    ];
    return [{ principal, accesses }];
  });
