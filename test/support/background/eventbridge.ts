import { z } from 'zod';
import type { Permissions } from '../../../simulator/policies/guard.ts';
import type { Naming } from '../resolve.ts';
import { resourcesOf } from '../template-permissions.ts';
import { arnOf, type Background, encrypting, on, service } from './accesses.ts';

const ruleSchema = z.object({
  Name: z.string().optional(),
  Targets: z.array(z.object({ DeadLetterConfig: z.object({ Arn: z.string() }).optional() })),
});

/**
 * EventBridge by itself: keeps what it could not deliver:
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html,
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
 */
export const keepUndelivered = (naming: Naming, { keyArn }: Permissions): readonly Background[] =>
  resourcesOf(naming, 'AWS::Events::Rule', ruleSchema).flatMap(([id, { Name, Targets }]) =>
    Targets.flatMap(({ DeadLetterConfig }) => DeadLetterConfig?.Arn ?? []).map((queue) => ({
      principal: service(
        naming,
        'events.amazonaws.com',
        arnOf(naming, 'events', `rule/${Name ?? `Forestbridge-${id}`}`),
      ),
      accesses: [...on(queue, ['sqs:SendMessage']), ...on(keyArn, encrypting)],
    })),
  );
