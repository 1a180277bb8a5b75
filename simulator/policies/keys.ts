/** The condition keys that the table of permissions fills in; another one would be missing in every call. */
const filled = [
  'aws:RequestTag/*',
  'aws:ResourceTag/*',
  'aws:SecureTransport',
  'aws:TagKeys',
  'aws:ViaAWSService',
  'dynamodb:LeadingKeys',
  'ec2:CreateAction',
  'ec2:ResourceTag/*',
  'ec2:SecurityGroupID',
  'ec2:SubnetID',
  'ec2:Vpc',
  'ec2:VpcID',
  'iam:AWSServiceName',
  'iam:PassedToService',
  'iam:ResourceTag/*',
  'kms:CallerAccount',
  'kms:EncryptionContext:*',
  'kms:GrantIsForAWSResource',
  'kms:ViaService',
  'lambda:SourceFunctionArn',
  's3:ExistingObjectTag/*',
  'secretsmanager:Name',
  'secretsmanager:ResourceTag/*',
  'secretsmanager:SecretId',
  'ssm:resourceTag/*',
  'states:StateMachineQualifier',
].map((key) => key.toLowerCase());

export const isFilled = (key: string): boolean => {
  const wanted = key.toLowerCase();
  return filled.some((known) =>
    known.endsWith('*') ? wanted.startsWith(known.slice(0, -1)) : known === wanted,
  );
};
