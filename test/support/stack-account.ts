import { onTestFinished } from 'vitest';
import { z } from 'zod';
import { put } from '../../functions/support/put.ts';
import { Account } from '../../simulator/account.ts';
import { VirtualClock } from '../../simulator/world/clock.ts';
import type { Stack } from '../../simulator/world/stacks/stack.ts';
import { World } from '../../simulator/world/world.ts';

const eventSchema = z.looseObject({
  RequestType: z.enum(['Create', 'Update', 'Delete']),
  ResponseURL: z.string(),
  StackId: z.string(),
  RequestId: z.string(),
  LogicalResourceId: z.string(),
  PhysicalResourceId: z.string().optional(),
  ResourceProperties: z.record(z.string(), z.json()),
});
export type StackRequest = z.output<typeof eventSchema>;

/** A stack by that name. */
export const shop = { name: 'shop', roleArn: 'arn:aws:iam::111122223333:role/launch', tags: new Map() };

/** What a function of a test answers to one request: fields of the answer, a text as it is, or nothing. */
export type Answer = object | string | null;
export const failed = { Status: 'FAILED', Reason: 'No room.' };

const functionArn = 'arn:aws:lambda:eu-central-1:111122223333:function:maker';

/** A property that is a text; empty where it is none. */
export const textIn = ({ ResourceProperties }: StackRequest, name: string): string => {
  const value = ResourceProperties[name];
  return typeof value === 'string' ? value : '';
};

/** A custom resource that `maker` makes. */
export const made = (properties: object = {}, more: object = {}) => ({
  Type: 'Custom::Thing',
  Properties: { ServiceToken: functionArn, ...properties },
  ...more,
});

/** What a stack is made of. */
export const version = (template: object, parameters: Readonly<Record<string, string>> = {}) => ({
  template: JSON.stringify(template),
  parameters: new Map(Object.entries(parameters)),
});

/** Why what failed in it failed. */
export const reasons = ({ events }: Stack) =>
  events.flatMap(({ status, reason }) => (status.endsWith('FAILED') ? [reason] : []));

/** An account in which one function makes all custom resources. */
export const stackAccount = (answer: (event: StackRequest) => Answer | Promise<Answer> = () => ({})) => {
  const world = new World(new VirtualClock(Date.UTC(2026, 0, 5, 8)), 1);
  const events: StackRequest[] = [];
  const statuses: number[] = [];
  const account = new Account(world, async (name, payload) => {
    if (name !== 'maker') throw new Error(`There is no function ${name}.`);
    const event = eventSchema.parse(payload);
    events.push(event);
    const given = await answer(event);
    if (given === null) return {};
    const { StackId, RequestId, LogicalResourceId } = event;
    const usual = {
      Status: 'SUCCESS',
      PhysicalResourceId: event.PhysicalResourceId ?? 'thing',
      StackId,
      RequestId,
      LogicalResourceId,
    };
    const text = typeof given === 'string' ? given : JSON.stringify({ ...usual, ...given });
    statuses.push(await put(event.ResponseURL, text));
    return {};
  });
  onTestFinished(() => account.close());
  const { stacks } = world;
  const create = async (template: object, parameters: Readonly<Record<string, string>> = {}) => {
    const { stack, done } = stacks.create({ ...shop, ...version(template, parameters) });
    await done;
    return stack;
  };
  return {
    account,
    world,
    stacks,
    create,
    events,
    /** The HTTP statuses of the answers. */
    statuses,
    asked: () => events.map(({ RequestType, LogicalResourceId }) => `${RequestType} ${LogicalResourceId}`),
  };
};
