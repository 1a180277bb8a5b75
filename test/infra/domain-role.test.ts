import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { expect, it } from 'vitest';
import { makeDomainRole } from '../../infra/constructs/domain-role.ts';

it.each([
  ['eu-central-1', ['rds.amazonaws.com', 'directoryservice.rds.amazonaws.com']],
  [
    'eu-south-1',
    [
      'rds.amazonaws.com',
      'directoryservice.rds.amazonaws.com',
      'rds.eu-south-1.amazonaws.com',
      'directoryservice.rds.eu-south-1.amazonaws.com',
    ],
  ],
])('lets RDS of %s take on the role of joining, for instances of this account', (region, services) => {
  const account = '111122223333';
  const stack = new Stack(
    new App({ analyticsReporting: false, treeMetadata: false, builtinCloudFormationValidation: false }),
  );

  makeDomainRole(stack, { account, region });

  const roles = Object.values(Template.fromStack(stack).findResources('AWS::IAM::Role'));
  expect(roles.map(({ Properties }) => Properties)).toMatchObject([
    {
      RoleName: 'forestbridge-rds-domain',
      AssumeRolePolicyDocument: {
        Statement: services.map((Service) => ({
          Action: 'sts:AssumeRole',
          Effect: 'Allow',
          Principal: { Service },
          Condition: {
            StringEquals: { 'aws:SourceAccount': account },
            ArnLike: { 'aws:SourceArn': `arn:aws:rds:${region}:${account}:db:*` },
          },
        })),
      },
    },
  ]);
});
