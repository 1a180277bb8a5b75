import { z } from 'zod';
import { type Condition, readCondition } from './conditions.ts';
import { isFilled } from './keys.ts';
import { isArnPattern } from './wildcards.ts';

export interface Principals {
  /** ARNs, account ids, or `*`. */
  readonly aws: readonly string[];
  readonly services: readonly string[];
}

export interface Statement {
  /** Its Sid, or its place in the policy. */
  readonly name: string;
  readonly effect: 'Allow' | 'Deny';
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** Whom a resource's policy means; null in a policy of an identity. */
  readonly principals: Principals | null;
  readonly conditions: readonly Condition[];
}

/** A policy document under the name that decisions tell it by. */
export interface Policy {
  readonly name: string;
  readonly statements: readonly Statement[];
}

const text = z.string().refine((value) => !value.includes('${'), 'policy variables are not evaluated here');
/** One may stand without a list, as everywhere in policies. */
const oneOrMany = <Schema extends z.ZodType>(one: Schema) =>
  z.preprocess((value) => [value].flat(), z.array(one));
const refused = (name: string) =>
  z.undefined({ error: `${name} is not evaluated here: say what is meant, not what is not` }).optional();

const action = text.regex(/^(\*|[\w-]+:[\w*?]+)$/, 'an action is * or service:Action');
const resource = text.refine((value) => value === '*' || isArnPattern(value), 'a resource is * or an ARN');
const principals = z
  .preprocess(
    (value) => (value === '*' ? { AWS: '*' } : value),
    z.strictObject({ AWS: oneOrMany(text).exactOptional(), Service: oneOrMany(text).exactOptional() }),
  )
  .transform(({ AWS = [], Service = [] }) => ({ aws: AWS, services: Service }));
const value = z.preprocess(
  (given) => (typeof given === 'boolean' || typeof given === 'number' ? String(given) : given),
  text,
);

const statementSchema = z.strictObject({
  Sid: z.string().exactOptional(),
  Effect: z.enum(['Allow', 'Deny']),
  Action: oneOrMany(action).refine((actions) => actions.length > 0, 'a statement has an action'),
  Resource: oneOrMany(resource).refine((resources) => resources.length > 0, 'a statement has a resource'),
  Principal: principals.exactOptional(),
  Condition: z.record(z.string(), z.record(z.string(), oneOrMany(value))).default({}),
  NotAction: refused('NotAction'),
  NotResource: refused('NotResource'),
  NotPrincipal: refused('NotPrincipal'),
});

const documentSchema = z.strictObject({
  Version: z.literal('2012-10-17'),
  Id: z.string().exactOptional(),
  Statement: oneOrMany(statementSchema),
});

/** Reads a policy of an identity, or of a resource; whatever is not understood in it is an error. */
export const readPolicy = (name: string, kind: 'identity' | 'resource', document: unknown): Policy => {
  const { data, error } = documentSchema.safeParse(document);
  if (data === undefined) throw new Error(`The policy ${name} is not understood:\n${z.prettifyError(error)}`);
  const statements = data.Statement.map((given, index): Statement => {
    const statement = given.Sid ?? String(index);
    if ((given.Principal === undefined) !== (kind === 'identity'))
      throw new Error(
        `The policy ${name}, statement ${statement}: a resource's policy names principals, and no other does.`,
      );
    const conditions = Object.entries(given.Condition).flatMap(([operator, lines]) =>
      Object.entries(lines).map(([key, values]) => {
        // A resource may be reached by services, of whose keys the table of permissions knows nothing.
        if (kind === 'identity' && !isFilled(key))
          throw new Error(
            `The policy ${name}, statement ${statement}: no call ever fills in the key ${key}.`,
          );
        return readCondition(operator, key, values);
      }),
    );
    return {
      name: statement,
      effect: given.Effect,
      actions: given.Action,
      resources: given.Resource,
      principals: given.Principal ?? null,
      conditions,
    };
  });
  return { name, statements };
};
