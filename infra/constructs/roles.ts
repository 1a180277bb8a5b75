import { Validations } from 'aws-cdk-lib';
import { Effect, PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { Grant } from '../permissions/grant.ts';

const statement = ({ actions, resources, conditions }: Grant): PolicyStatement =>
  new PolicyStatement({
    effect: Effect.ALLOW,
    actions: [...actions],
    resources: [...resources],
    ...(conditions === undefined ? {} : { conditions }),
  });

/** A role that a service takes on, with these permissions and no other. */
export const makeRole = (
  scope: Construct,
  id: string,
  given: {
    readonly roleName?: string;
    readonly service: string;
    readonly description: string;
    readonly grants: readonly Grant[];
    readonly conditions?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  },
): Role => {
  const { roleName, service, description, grants, conditions } = given;
  const principal = new ServicePrincipal(service, conditions === undefined ? {} : { conditions });
  const role = new Role(scope, id, {
    ...(roleName === undefined ? {} : { roleName }),
    assumedBy: principal,
    description,
    inlinePolicies: { permissions: new PolicyDocument({ statements: grants.map(statement) }) },
  });
  explain(role, grants);
  return role;
};

/** Writes each wildcard's reason where cdk-nag looks for it. */
const explain = (role: Role, grants: readonly Grant[]): void => {
  const reasons = new Map<string, Set<string>>();
  for (const { resources, because } of grants)
    for (const resource of resources.filter((each) => each.includes('*'))) {
      if (because === undefined)
        throw new Error(`Nobody has written down why ${resource} has to be that wide.`);
      reasons.set(resource, (reasons.get(resource) ?? new Set()).add(because));
    }
  for (const [resource, each] of reasons)
    Validations.of(role).acknowledge({
      id: `AwsSolutions::AwsSolutions-IAM5[Resource::${resource}]`,
      reason: [...each].join(' '),
    });
};
