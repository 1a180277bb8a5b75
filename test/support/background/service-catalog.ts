import { z } from 'zod';
import type { Permissions } from '../../../simulator/policies/guard.ts';
import type { Naming } from '../resolve.ts';
import { resourcesOf } from '../template-permissions.ts';
import { anywhere, arnOf, type Background, on } from './accesses.ts';

const launchSchema = z.object({ RoleArn: z.string() });

/**
 * Service Catalog, as the role that products are launched with:
 * https://docs.aws.amazon.com/servicecatalog/latest/adminguide/constraints-launch.html
 */
export const launchProducts = (naming: Naming, { roles }: Permissions): readonly Background[] =>
  resourcesOf(naming, 'AWS::ServiceCatalog::LaunchRoleConstraint', launchSchema).flatMap(
    ([, { RoleArn }]) => {
      const principal = roles.get(RoleArn);
      if (principal === undefined) return [];
      const stack = arnOf(
        naming,
        'cloudformation',
        `stack/SC-${naming.world.accountId}-pp-abcdefghijklm/0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0`,
      );
      const accesses = [
        ...on(stack, [
          'cloudformation:CreateStack',
          'cloudformation:UpdateStack',
          'cloudformation:DeleteStack',
          'cloudformation:DescribeStacks',
          'cloudformation:DescribeStackEvents',
          'cloudformation:SetStackPolicy',
          'cloudformation:TagResource',
          'cloudformation:UntagResource',
        ]),
        ...anywhere('cloudformation:GetTemplateSummary', 'cloudformation:ValidateTemplate'),
        ...on('arn:aws:s3:::sc-0123456789ab-pp/template.json', ['s3:GetObject'], {
          's3:ExistingObjectTag/servicecatalog:provisioning': ['true'],
        }),
      ];
      return [{ principal, accesses }];
    },
  );
