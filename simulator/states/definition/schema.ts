import { z } from 'zod';
import type { Json } from '../data/json.ts';

const json: z.ZodType<Json> = z.json();

const expression = z.string().regex(/^\{%[\s\S]*%\}$/, 'must be a JSONata expression in {% %}');
const numberOr = (least: number, most: number) =>
  z.union([z.int().min(least).max(most), expression], {
    error: `must be a whole number from ${least} to ${most} or a JSONata expression in {% %}`,
  });
const seconds = numberOr(1, 99_999_999);
const stateName = z.string().min(1).max(80);
const assignments = z.record(
  z
    .string()
    .regex(/^[\p{L}_][\p{L}\p{N}_]{0,79}$/u, 'must be a variable name: letters, digits and underscores'),
  json,
);

const described = { Comment: z.string().optional(), QueryLanguage: z.literal('JSONata').optional() };
const output = { Output: json.optional() };
const results = { ...output, Assign: assignments.optional() };
const transition = { Next: stateName.optional(), End: z.literal(true).optional() };

const errorNames = z.array(z.string().min(1)).min(1);
const retrier = z.strictObject({
  Comment: z.string().optional(),
  ErrorEquals: errorNames,
  IntervalSeconds: z.int().min(1).max(99_999_999).default(1),
  MaxAttempts: z.int().min(0).max(99_999_999).default(3),
  BackoffRate: z.number().min(1, 'must be at least 1').default(2),
  MaxDelaySeconds: z.int().min(1).max(31_622_400).optional(),
  JitterStrategy: z.enum(['FULL', 'NONE']).default('NONE'),
});
const catcher = z.strictObject({
  Comment: z.string().optional(),
  ErrorEquals: errorNames,
  Next: stateName,
  ...results,
});
const handlers = { Retry: z.array(retrier).default([]), Catch: z.array(catcher).default([]) };

const task = z.strictObject({
  Type: z.literal('Task'),
  ...described,
  Resource: z.enum(['arn:aws:states:::lambda:invoke', 'arn:aws:states:::lambda:invoke.waitForTaskToken']),
  Arguments: z.strictObject({ FunctionName: z.string().min(1), Payload: json.optional() }),
  TimeoutSeconds: seconds.optional(),
  HeartbeatSeconds: seconds.optional(),
  ...results,
  ...handlers,
  ...transition,
});
const pass = z.strictObject({ Type: z.literal('Pass'), ...described, ...results, ...transition });
const wait = z.strictObject({
  Type: z.literal('Wait'),
  ...described,
  Seconds: numberOr(0, 99_999_999).optional(),
  Timestamp: z.union([z.iso.datetime({ offset: true }), expression]).optional(),
  ...results,
  ...transition,
});
const rule = z.strictObject({
  Comment: z.string().optional(),
  Condition: expression,
  Next: stateName,
  ...results,
});
const choice = z.strictObject({
  Type: z.literal('Choice'),
  ...described,
  Choices: z.array(rule).min(1),
  Default: stateName.optional(),
  ...results,
});
const succeed = z.strictObject({ Type: z.literal('Succeed'), ...described, ...output });
const fail = z.strictObject({
  Type: z.literal('Fail'),
  ...described,
  Error: z.string().optional(),
  Cause: z.string().optional(),
});
const parallel = z.strictObject({
  Type: z.literal('Parallel'),
  ...described,
  Arguments: json.optional(),
  get Branches() {
    return z.array(block).min(1);
  },
  ...results,
  ...handlers,
  ...transition,
});
const map = z.strictObject({
  Type: z.literal('Map'),
  ...described,
  Items: z.union([z.array(json), expression]).optional(),
  ItemSelector: json.optional(),
  MaxConcurrency: numberOr(0, 99_999_999).optional(),
  get ItemProcessor() {
    return processor;
  },
  ...results,
  ...handlers,
  ...transition,
});

const state = z.discriminatedUnion('Type', [task, pass, wait, choice, succeed, fail, parallel, map]);
const block = z.strictObject({
  Comment: z.string().optional(),
  StartAt: stateName,
  get States() {
    return z.record(stateName, state);
  },
});
const processor = z.strictObject({
  Comment: z.string().optional(),
  ProcessorConfig: z
    .strictObject({ Mode: z.literal('INLINE', 'must be INLINE: a Distributed Map is not run here') })
    .optional(),
  StartAt: stateName,
  get States() {
    return z.record(stateName, state);
  },
});

export const stateMachine = z.strictObject({
  Comment: z.string().optional(),
  QueryLanguage: z.literal('JSONata', "must be 'JSONata', once for the whole state machine"),
  Version: z.literal('1.0').optional(),
  TimeoutSeconds: z.int().min(1).max(99_999_999).optional(),
  StartAt: stateName,
  get States() {
    return z.record(stateName, state);
  },
});

export type StateMachine = z.output<typeof stateMachine>;
export type State = z.output<typeof state>;
export type StateOf<Type extends State['Type']> = Extract<State, { Type: Type }>;
/** A graph of states of its own: the machine, a branch of a Parallel, what a Map does with an item. */
export type Block = Pick<StateMachine, 'StartAt' | 'States'>;
export type Retrier = z.output<typeof retrier>;
export type Catcher = z.output<typeof catcher>;
