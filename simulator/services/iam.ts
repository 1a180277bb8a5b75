import type * as Iam from '@aws-sdk/client-iam';
import type { Operations } from '../wire/operations.ts';
import { ServiceError } from '../wire/service-error.ts';
import type { Role, Roles } from '../world/roles.ts';
import { required } from './required.ts';

const noSuch = (message: string): ServiceError => new ServiceError('NoSuchEntity', message, {}, 404);

const known = (roles: Roles, given: string | undefined): Role => {
  const name = required(given, 'RoleName');
  const role = roles.find(name);
  if (role === undefined) throw noSuch(`The role with name ${name} cannot be found.`);
  return role;
};

/** The document's text; IAM refuses what is no JSON object. */
const documentOf = (given: string | undefined): string => {
  const document = required(given, 'PolicyDocument');
  try {
    const parsed: unknown = JSON.parse(document);
    if (typeof parsed === 'object' && parsed !== null && 'Statement' in parsed) return document;
  } catch {
    // Refused like every other document that is none.
  }
  throw new ServiceError('MalformedPolicyDocument', 'This policy contains invalid Json');
};

/** IAM hands out policies URL-encoded. */
const describe = (role: Role) => ({
  Path: '/',
  RoleName: role.name,
  RoleId: role.id,
  Arn: role.arn,
  CreateDate: new Date(role.createdAt),
  AssumeRolePolicyDocument: encodeURIComponent(role.trustPolicy),
  Description: role.description ?? undefined,
  MaxSessionDuration: 3600,
  Tags: [...role.tags].map(([Key, Value]) => ({ Key, Value })),
});

/** IAM: roles and their policies. */
export const iam = (roles: Roles): Operations<typeof Iam> => ({
  GetRole({ RoleName }) {
    return { Role: describe(known(roles, RoleName)) };
  },

  CreateRole({ RoleName, AssumeRolePolicyDocument, Description, Tags }) {
    const name = required(RoleName, 'RoleName');
    const trustPolicy = documentOf(AssumeRolePolicyDocument);
    if (roles.find(name) !== undefined)
      throw new ServiceError('EntityAlreadyExists', `Role with name ${name} already exists.`, {}, 409);
    const tags = new Map(Tags?.map(({ Key, Value }) => [required(Key, 'Key'), required(Value, 'Value')]));
    return { Role: describe(roles.create({ name, trustPolicy, description: Description ?? null, tags })) };
  },

  AttachRolePolicy({ RoleName, PolicyArn }) {
    roles.attach(known(roles, RoleName), required(PolicyArn, 'PolicyArn'));
    return {};
  },

  DetachRolePolicy({ RoleName, PolicyArn }) {
    const role = known(roles, RoleName);
    const arn = required(PolicyArn, 'PolicyArn');
    if (!role.managedPolicyArns.has(arn)) throw noSuch(`Policy ${arn} was not found.`);
    roles.detach(role, arn);
    return {};
  },

  ListAttachedRolePolicies({ RoleName }) {
    const arns = [...known(roles, RoleName).managedPolicyArns];
    const AttachedPolicies = arns.map((PolicyArn) => ({
      PolicyArn,
      PolicyName: PolicyArn.split('/').at(-1),
    }));
    return { AttachedPolicies, IsTruncated: false };
  },
});
