import type { z } from 'zod';
import type { NormalisedRequest } from '../../functions/request/schema.ts';
import { applyBreak, lackedBy } from '../../simulator/world/breaks.ts';
import type { World } from '../../simulator/world/world.ts';
import { Refused, readJsonFile } from '../request-file.ts';
import { changeAccount } from './account.ts';
import { changeCompany } from './company.ts';
import { changeNetwork } from './network.ts';
import { Plan } from './plan.ts';
import { worldFileSchema } from './schema.ts';

const pathOf = (path: readonly PropertyKey[]): string =>
  path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '') || 'the file';

const linesOf = (issue: z.core.$ZodIssue): readonly string[] =>
  issue.code === 'unrecognized_keys'
    ? issue.keys.map((key) => `${pathOf([...issue.path, key])}: ${issue.message}`)
    : [`${pathOf(issue.path)}: ${issue.message}`];

const refuse = (file: string, problems: readonly string[]): never => {
  const count = problems.length === 1 ? 'a problem' : `${problems.length} problems`;
  throw new Refused(
    [`The world file ${file} has ${count}:`, ...problems.map((line) => `- ${line}.`)].join('\n'),
  );
};

/** Changes a world that was made for a request as a file tells; throws Refused where that is not possible. */
type ChangeWorld = (world: World, request: NormalisedRequest) => void;

/** Reads how a world differs from the one in which its request succeeds. */
export const readWorldFile = async (file: string): Promise<ChangeWorld> => {
  const { json } = await readJsonFile(file);
  const { data: differences, error } = worldFileSchema.safeParse(json);
  if (differences === undefined) return refuse(file, error?.issues.flatMap(linesOf) ?? []);
  return (world, request) => {
    const plan = new Plan(world, request);
    if (differences.company !== undefined) changeCompany(plan, differences.company);
    if (differences.network !== undefined) changeNetwork(plan, differences.network);
    changeAccount(plan, differences);
    differences.breaks?.forEach((name, index) => {
      const lack = lackedBy(request, name);
      if (lack !== null) plan.problem(`breaks[${index}]`, `leave ${name} out: the request has no ${lack}`);
    });
    if (plan.problems.length > 0) refuse(file, plan.problems);
    plan.carryOut();
    world.directories.failures += differences.failingDirectories ?? 0;
    for (const name of differences.breaks ?? []) applyBreak(world, name);
  };
};
