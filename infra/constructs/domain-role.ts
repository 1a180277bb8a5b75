import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import {
  CompositePrincipal,
  ManagedPolicy,
  PrincipalWithConditions,
  Role,
  ServicePrincipal,
} from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { arn, names, type Place } from '../names.ts';

/** Regions that an account has to opt in to; there RDS comes under the Region's own name as well. */
const optIn = new Set([
  'af-south-1',
  'ap-east-1',
  'ap-east-2',
  'ap-south-2',
  'ap-southeast-3',
  'ap-southeast-4',
  'ap-southeast-5',
  'ap-southeast-6',
  'ap-southeast-7',
  'ca-west-1',
  'eu-central-2',
  'eu-south-1',
  'eu-south-2',
  'il-central-1',
  'me-central-1',
  'me-south-1',
  'mx-central-1',
]);

const principals = ({ region }: Place): readonly string[] => [
  'rds.amazonaws.com',
  'directoryservice.rds.amazonaws.com',
  ...(optIn.has(region)
    ? [`rds.${region}.amazonaws.com`, `directoryservice.rds.${region}.amazonaws.com`]
    : []),
];

/** The role by which RDS lets instances of this account join a directory. */
export const makeDomainRole = (scope: Construct, place: Place): Role => {
  const conditions = {
    StringEquals: { 'aws:SourceAccount': place.account },
    ArnLike: { 'aws:SourceArn': arn(place, 'rds', 'db:*') },
  };
  const role = new Role(scope, 'DomainRole', {
    roleName: names.domainRole,
    description: 'Lets RDS join an instance to a managed directory',
    assumedBy: new CompositePrincipal(
      ...principals(place).map((name) => new PrincipalWithConditions(new ServicePrincipal(name), conditions)),
    ),
    managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('service-role/AmazonRDSDirectoryServiceAccess')],
  });
  // Databases that have joined go on needing it when the stack is gone.
  role.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
  Validations.of(role).acknowledge({
    id: 'AwsSolutions::AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonRDSDirectoryServiceAccess]',
    reason: 'RDS asks for exactly this policy of AWS, which knows what joining a directory takes.',
  });
  return role;
};
