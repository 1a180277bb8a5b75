import { z } from 'zod';
import { circleIn, dependenciesOf } from './dependencies.ts';
import { ValidationError } from './validation-error.ts';

const scalar = z.union([z.string(), z.number()]).transform(String);
const count = z.coerce.number();
const json = z.json();

const parameterSchema = z.strictObject({
  Type: z.enum(['String', 'Number', 'CommaDelimitedList']),
  Description: z.string().optional(),
  Default: scalar.optional(),
  AllowedValues: z.array(scalar).optional(),
  AllowedPattern: z.string().optional(),
  ConstraintDescription: z.string().optional(),
  MinLength: count.optional(),
  MaxLength: count.optional(),
  MinValue: count.optional(),
  MaxValue: count.optional(),
});
export type Parameter = z.output<typeof parameterSchema>;

const resourceSchema = z.strictObject({
  Type: z.string(),
  Properties: z.record(z.string(), json).default({}),
  DependsOn: z
    .union([z.string(), z.array(z.string())])
    .transform((names) => [names].flat())
    .default([]),
  Metadata: json.optional(),
  DeletionPolicy: z.literal('Delete').optional(),
  UpdateReplacePolicy: z.literal('Delete').optional(),
});

const outputSchema = z.strictObject({
  Value: json,
  Description: z.string().optional(),
});

const templateSchema = z.strictObject({
  AWSTemplateFormatVersion: z.literal('2010-09-09').optional(),
  Description: z.string().optional(),
  Metadata: json.optional(),
  Parameters: z.record(z.string(), parameterSchema).default({}),
  Resources: z.record(z.string(), resourceSchema),
  Outputs: z.record(z.string(), outputSchema).default({}),
});
export type Template = z.output<typeof templateSchema>;

const types =
  /^(Custom::[\w@-]{1,60}|AWS::CloudFormation::(CustomResource|WaitCondition|WaitConditionHandle))$/;

const jsonIn = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    throw new ValidationError('Template format error: JSON not well-formed.');
  }
};

/** Reads a template; what this CloudFormation does not know in it is refused by its name. */
export const readTemplate = (body: string): Template => {
  const parsed = templateSchema.safeParse(jsonIn(body));
  if (!parsed.success)
    throw new ValidationError(
      `Template format error: ${parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')}`,
    );
  const template = parsed.data;
  const resources = Object.entries(template.Resources);
  const unknown = resources.map(([, { Type }]) => Type).filter((type) => !types.test(type));
  if (unknown.length > 0)
    throw new ValidationError(`Template format error: Unrecognized resource types: [${unknown.join(', ')}]`);
  for (const [name, resource] of resources)
    for (const other of dependenciesOf(resource))
      if (template.Resources[other] === undefined && template.Parameters[other] === undefined)
        throw new ValidationError(
          `Template format error: Unresolved resource dependencies [${other}] in the Resources block of the template (${name})`,
        );
  const around = circleIn(template.Resources);
  if (around !== null)
    throw new ValidationError(`Circular dependency between resources: [${around.join(', ')}]`);
  return template;
};
