import { GetRoleCommand, type IAMClient, paginateListAttachedRolePolicies } from '@aws-sdk/client-iam';
import { z } from 'zod';
import { isAwsError } from '../../support/aws-errors.ts';
import type { Finding } from '../../support/finding.ts';
import { problem } from './findings.ts';

const principals = ['rds.amazonaws.com', 'directoryservice.rds.amazonaws.com'];

const oneOrMany = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat());
const statementSchema = z.object({
  Effect: z.literal('Allow'),
  Action: oneOrMany.refine((actions) => actions.includes('sts:AssumeRole')),
  Principal: z.object({ Service: oneOrMany }),
});
const documentSchema = z.object({
  Statement: z
    .unknown()
    .optional()
    .transform((statements) => [statements].flat()),
});

/** The services that a trust policy, URL-encoded as IAM hands it out, lets take on the role. */
const trusted = (document: string): readonly string[] =>
  documentSchema
    .parse(JSON.parse(decodeURIComponent(document)))
    .Statement.flatMap((statement) => statementSchema.safeParse(statement).data?.Principal.Service ?? []);

const roleOf = async (client: IAMClient, name: string) => {
  try {
    const { Role } = await client.send(new GetRoleCommand({ RoleName: name }));
    return Role;
  } catch (error) {
    if (isAwsError(error, 'NoSuchEntityException')) return undefined;
    throw error;
  }
};

/** Whether RDS has a role under which it may speak to the directory. */
export const domainRole = async (client: IAMClient, name: string): Promise<readonly Finding[]> => {
  const again = 'Deploy Forestbridge again, which makes it, or mend it by hand.';
  const role = await roleOf(client, name);
  if (role === undefined)
    return [
      problem('domain-role-missing', `There is no role ${name} for RDS to join databases with. ${again}`),
    ];
  const { Arn = '', AssumeRolePolicyDocument = '%7B%7D' } = role;
  const lacking = principals.filter((principal) => !trusted(AssumeRolePolicyDocument).includes(principal));
  const policy = `arn:${Arn.split(':')[1]}:iam::aws:policy/service-role/AmazonRDSDirectoryServiceAccess`;
  const attached: (string | undefined)[] = [];
  for await (const { AttachedPolicies = [] } of paginateListAttachedRolePolicies(
    { client },
    { RoleName: name },
  ))
    attached.push(...AttachedPolicies.map(({ PolicyArn }) => PolicyArn));
  return [
    ...(lacking.length === 0
      ? []
      : [
          problem(
            'domain-role-trust',
            `The role ${name} does not let ${lacking.join(' and ')} take it on (sts:AssumeRole). ${again}`,
          ),
        ]),
    ...(attached.includes(policy)
      ? []
      : [problem('domain-role-policy', `The role ${name} lacks the managed policy ${policy}. ${again}`)]),
  ];
};
