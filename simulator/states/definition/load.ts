import { z } from 'zod';
import { checkExpressions } from './check-expressions.ts';
import { checkHandlers } from './check-handlers.ts';
import { checkTransitions } from './check-transitions.ts';
import { checkVariables } from './check-variables.ts';
import { InvalidDefinition } from './invalid-definition.ts';
import { type StateMachine, stateMachine } from './schema.ts';

const jsonPathFields = new Set([
  'InputPath',
  'OutputPath',
  'Parameters',
  'Result',
  'ResultPath',
  'ResultSelector',
  'ItemsPath',
  'SecondsPath',
  'TimestampPath',
  'TimeoutSecondsPath',
  'HeartbeatSecondsPath',
  'MaxConcurrencyPath',
  'ErrorPath',
  'CausePath',
  'Variable',
]);

const unknownField = (field: string): string =>
  jsonPathFields.has(field)
    ? 'is a field of JSONPath, and the state machine is written in JSONata'
    : 'is not a field here';

const problemsOf = (issue: z.core.$ZodIssue): readonly string[] => {
  const path = issue.path.map((part) => `/${String(part)}`).join('');
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((field) => `${path}/${field}: ${unknownField(field)}`);
  return [`${path === '' ? '/' : path}: ${issue.message}`];
};

const read = (definition: string): unknown => {
  try {
    return JSON.parse(definition);
  } catch (error) {
    throw new InvalidDefinition([
      `/: it is not JSON: ${error instanceof Error ? error.message : String(error)}`,
    ]);
  }
};

const check = (definition: string): StateMachine => {
  if (Buffer.byteLength(definition) > 2 ** 20) throw new InvalidDefinition(['/: it is larger than 1 MiB']);
  const parsed = stateMachine.safeParse(read(definition));
  if (!parsed.success) throw new InvalidDefinition(parsed.error.issues.flatMap(problemsOf));
  const machine = parsed.data;
  const problems = [checkTransitions, checkHandlers, checkExpressions, checkVariables].flatMap((problemsIn) =>
    problemsIn(machine),
  );
  if (problems.length > 0) throw new InvalidDefinition(problems);
  return machine;
};

/** What was read before: to check every expression takes longer than many an execution. */
const sound = new Map<string, StateMachine>();

/** Reads a definition in the States Language; throws InvalidDefinition with everything AWS or a run would refuse. */
export const loadStateMachine = (definition: string): StateMachine => {
  const machine = sound.get(definition) ?? check(definition);
  sound.set(definition, machine);
  return machine;
};
