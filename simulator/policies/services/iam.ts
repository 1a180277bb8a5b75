// https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
import type * as Iam from '@aws-sdk/client-iam';
import type { Access } from '../access.ts';
import { globalArn, on, onBehalf, type Resource, resource, tagged } from '../resources.ts';
import type { Rows, Surroundings } from '../rows.ts';

const role = (at: Surroundings, name = '*'): Resource => {
  const found = at.world.roles.find(name);
  return resource(
    found?.arn ?? globalArn(at, 'iam', `role/${name}`),
    tagged(found?.tags ?? [], 'aws:ResourceTag', 'iam:ResourceTag'),
  );
};

export const iam: Rows<typeof Iam> = {
  GetRole: ({ RoleName }, at) => [on('iam:GetRole', role(at, RoleName))],
  ListAttachedRolePolicies: ({ RoleName }, at) => [on('iam:ListAttachedRolePolicies', role(at, RoleName))],
};

/** Handing a role to a service. */
export const passRole = (at: Surroundings, name: string, service: string): Access =>
  on('iam:PassRole', role(at, name), { 'iam:PassedToService': [service] });

/** A service's own role is made in the account when the service is first used there. */
export const serviceLinkedRole = (at: Surroundings, service: string, name: string): readonly Access[] =>
  at.world.roles.find(name) === undefined
    ? onBehalf([
        on(
          'iam:CreateServiceLinkedRole',
          resource(globalArn(at, 'iam', `role/aws-service-role/${service}/${name}`), {
            'iam:AWSServiceName': [service],
          }),
        ),
      ])
    : [];
