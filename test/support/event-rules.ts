import { z } from 'zod';
import type { Guard, Principal } from '../../simulator/policies/guard.ts';
import type { Naming } from './resolve.ts';
import { resourcesOf } from './template-permissions.ts';

/** EventBridge by itself: nothing but the policies of its targets allows it anything. */
const eventBridge = (ruleArn: string): Principal => ({
  name: 'events.amazonaws.com',
  names: ['events.amazonaws.com'],
  identity: [],
  context: { 'aws:SourceArn': [ruleArn] },
});

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether an event is of a pattern: every field that the pattern has is one of its values. */
const matches = (pattern: unknown, event: unknown): boolean => {
  if (Array.isArray(pattern)) return pattern.includes(event);
  if (!isObject(pattern) || !isObject(event)) return false;
  return Object.entries(pattern).every(([name, values]) => matches(values, event[name]));
};

const ruleSchema = z.object({
  Name: z.string().optional(),
  EventPattern: z.unknown(),
  Targets: z.array(z.object({ Arn: z.string() })),
});

/** The functions that a template's rules hand an event to; throws where one of them does not let EventBridge in. */
export const targetsOf = (event: unknown, naming: Naming, guard: Guard): readonly string[] => {
  const { region, accountId } = naming.world;
  return resourcesOf(naming, 'AWS::Events::Rule', ruleSchema)
    .filter(([, { EventPattern }]) => matches(EventPattern, event))
    .flatMap(([id, { Name = `Forestbridge-${id}`, Targets }]) => {
      const rule = eventBridge(`arn:aws:events:${region}:${accountId}:rule/${Name}`);
      for (const { Arn } of Targets)
        guard.check(rule, { action: 'lambda:InvokeFunction', resources: [Arn], context: {} });
      return Targets.map(({ Arn }) => Arn);
    });
};
