import { type Expression, expressionsAt } from './expressions.ts';
import { places } from './places.ts';
import type { Block } from './schema.ts';
import { type Reading, readingOf } from './syntax.ts';

const known: Readonly<Record<string, readonly string[]>> = {
  Execution: ['Id', 'Name', 'Input', 'StartTime', 'RoleArn', 'RedriveCount', 'RedriveTime'],
  State: ['Name', 'EnteredTime', 'RetryCount'],
  StateMachine: ['Id', 'Name'],
  Task: ['Token'],
  Map: ['Item'],
};

/** The first name of a path under `$states` that is not there. */
const unknownName = (
  [first, second, third]: readonly string[],
  expression: Expression,
): string | undefined => {
  if (first === undefined) return undefined;
  if (!expression.names.has(first)) return first;
  if (first !== 'context' || second === undefined) return undefined;
  if (!expression.contextNames.has(second)) return `context.${second}`;
  if (third === undefined || known[second]?.includes(third)) return undefined;
  return `context.${second}.${third}`;
};

const checkReading = (reading: Reading, expression: Expression): readonly string[] => {
  const unknown = reading.states.map((names) => unknownName(names, expression));
  return [
    ...unknown
      .filter((name) => name !== undefined)
      .map((name) => `there is no $states.${name} in this field`),
    ...reading.unrooted.map((name) => `'${name}' stands at the top level, where nothing is to be read`),
    ...(reading.variables.has('$') ? ["'$$' reads nothing"] : []),
    ...(reading.variables.has('eval') ? ['AWS does not run $eval; use $parse for JSON'] : []),
  ];
};

const checkSource = (expression: Expression): readonly string[] => {
  try {
    return checkReading(readingOf(expression.source), expression);
  } catch (error) {
    const why = error instanceof Object && 'message' in error ? String(error.message) : String(error);
    return [`this is not JSONata: ${why}`];
  }
};

/** JSONata that AWS would refuse, and names under `$states` that it does not have. */
export const checkExpressions = (machine: Block): readonly string[] =>
  places(machine)
    .flatMap(expressionsAt)
    .flatMap((expression) => checkSource(expression).map((problem) => `${expression.path}: ${problem}`));
