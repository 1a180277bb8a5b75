import { z } from 'zod';
import { functionKey, operatorKey, schedulerKey } from '../../cli/signatures.ts';
import type { Permissions, Principal } from '../../simulator/policies/guard.ts';
import { type Policy, readPolicy } from '../../simulator/policies/policy.ts';
import { type Naming, resolve } from './resolve.ts';

/** The resources of one type by their logical ids: those of their properties that the schema knows, resolved. */
export const resourcesOf = <Shape extends z.ZodRawShape>(
  naming: Naming,
  type: string,
  schema: z.ZodObject<Shape>,
): readonly (readonly [id: string, properties: z.output<z.ZodObject<Shape>>])[] =>
  Object.entries(naming.resources)
    .filter(([, { Type }]) => Type === type)
    .map(([id, { Properties }]) => {
      const wanted = Object.keys(schema.shape).filter((name) => Object.hasOwn(Properties, name));
      const resolved = wanted.map((name) => [name, resolve(Properties[name], naming)]);
      return [id, schema.parse(Object.fromEntries(resolved))];
    });

const roleSchema = z.object({
  RoleName: z.string().optional(),
  Policies: z.array(z.object({ PolicyName: z.string(), PolicyDocument: z.unknown() })).default([]),
});

const attachedSchema = z.object({ PolicyDocument: z.unknown(), Roles: z.array(z.string()).default([]) });

/** The roles by their ARNs, each with what its own policies say and those that are attached to it. */
const rolesOf = (naming: Naming): ReadonlyMap<string, Principal> => {
  const attached = ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy'].flatMap((type) =>
    resourcesOf(naming, type, attachedSchema),
  );
  return new Map(
    resourcesOf(naming, 'AWS::IAM::Role', roleSchema).map(([id, { RoleName, Policies }]) => {
      const { accountId } = naming.world;
      const name = RoleName ?? `Forestbridge-${id}`;
      const arn = `arn:aws:iam::${accountId}:role/${name}`;
      const session = `arn:aws:sts::${accountId}:assumed-role/${name}/${name}`;
      const own = Policies.map(({ PolicyDocument }) => readPolicy(name, 'identity', PolicyDocument));
      const others = attached
        .filter(([, { Roles }]) => Roles.includes(name))
        .map(([policyId, { PolicyDocument }]) =>
          readPolicy(`${name}/${policyId}`, 'identity', PolicyDocument),
        );
      return [arn, { name: session, names: [arn, session], identity: [...own, ...others] }];
    }),
  );
};

const keySchema = z.object({ KeyPolicy: z.unknown() });
const topicPolicySchema = z.object({ Topics: z.array(z.string()), PolicyDocument: z.unknown() });
const queuePolicySchema = z.object({ Queues: z.array(z.string()), PolicyDocument: z.unknown() });
const permissionSchema = z.object({
  Action: z.string(),
  FunctionName: z.string(),
  Principal: z.string(),
  SourceArn: z.string().optional(),
  SourceAccount: z.string().optional(),
});

/** A function's permissions are the statements of its policy. */
const functionPolicies = (naming: Naming): readonly (readonly [arn: string, policy: Policy])[] => {
  const all = resourcesOf(naming, 'AWS::Lambda::Permission', permissionSchema);
  const functions = new Set(all.map(([, { FunctionName }]) => FunctionName));
  return [...functions].map((arn) => {
    const Statement = all
      .filter(([, { FunctionName }]) => FunctionName === arn)
      .map(([Sid, { Action, Principal, SourceArn, SourceAccount }]) => ({
        Sid,
        Effect: 'Allow',
        Action,
        Resource: arn,
        Principal: Principal.includes('.') ? { Service: Principal } : { AWS: Principal },
        Condition: {
          ...(SourceArn === undefined ? {} : { ArnLike: { 'aws:SourceArn': SourceArn } }),
          ...(SourceAccount === undefined ? {} : { StringEquals: { 'aws:SourceAccount': SourceAccount } }),
        },
      }));
    return [arn, readPolicy(arn, 'resource', { Version: '2012-10-17', Statement })];
  });
};

const queueArn = (url: string, { world }: Naming): string =>
  url.replace(/^.*\//, `arn:aws:sqs:${world.region}:${world.accountId}:`);

const policy = (arn: string, document: unknown) => [arn, readPolicy(arn, 'resource', document)] as const;

const resourcePolicies = (naming: Naming): ReadonlyMap<string, Policy> =>
  new Map([
    ...resourcesOf(naming, 'AWS::KMS::Key', keySchema).map(([, { KeyPolicy }]) =>
      policy(naming.world.keyArn, KeyPolicy),
    ),
    ...resourcesOf(naming, 'AWS::SNS::TopicPolicy', topicPolicySchema).flatMap(
      ([, { Topics, PolicyDocument }]) => Topics.map((arn) => policy(arn, PolicyDocument)),
    ),
    ...resourcesOf(naming, 'AWS::SQS::QueuePolicy', queuePolicySchema).flatMap(
      ([, { Queues, PolicyDocument }]) => Queues.map((url) => policy(queueArn(url, naming), PolicyDocument)),
    ),
    ...functionPolicies(naming),
  ]);

const functionSchema = z.object({ FunctionName: z.string(), Role: z.string() });
const scheduleSchema = z.object({ Target: z.object({ RoleArn: z.string() }) });

/** The function of that ARN or full name, as the code calls it. */
export const plainName = (name: string): string =>
  name
    .replace(/^arn:.*:function:/, '')
    .replace(/^forestbridge-/, '')
    .replace(/:\d+$/, '');

/** By which somebody signs who may do everything, too, and is not the operator. */
export const colleagueKey = 'AKIACOLLEAGUE0000000';

/** What a template's policies say in a world; who signs in person may do everything. */
export const permissionsOf = (naming: Naming): Permissions => {
  const roles = rolesOf(naming);
  const role = (arn: string): Principal => {
    const found = roles.get(arn);
    if (found === undefined) throw new Error(`The template has no role ${arn}.`);
    return found;
  };
  const { accountId, region, keyArn } = naming.world;
  const functions = resourcesOf(naming, 'AWS::Lambda::Function', functionSchema).map(
    ([, { FunctionName, Role }]) => {
      const arn = `arn:aws:lambda:${region}:${accountId}:function:${FunctionName}`;
      const principal = { ...role(Role), context: { 'lambda:SourceFunctionArn': [arn] } };
      return [functionKey(plainName(FunctionName)), principal] as const;
    },
  );
  const schedules = resourcesOf(naming, 'AWS::Scheduler::Schedule', scheduleSchema).map(
    ([, { Target }]) => [schedulerKey, role(Target.RoleArn)] as const,
  );
  return {
    signers: new Map<string, Principal | null>([
      [operatorKey, null],
      [colleagueKey, null],
      ...functions,
      ...schedules,
    ]),
    roles,
    resources: resourcePolicies(naming),
    keyArn,
  };
};
