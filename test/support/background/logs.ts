import { z } from 'zod';
import type { Permissions } from '../../../simulator/policies/guard.ts';
import type { Naming } from '../resolve.ts';
import { resourcesOf } from '../template-permissions.ts';
import { arnOf, type Background, on, service } from './accesses.ts';

const logSchema = z.object({ LogGroupName: z.string(), KmsKeyId: z.string() });

/**
 * CloudWatch Logs by itself: encrypts a log group:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 */
export const encryptLogs = (naming: Naming): readonly Background[] =>
  resourcesOf(naming, 'AWS::Logs::LogGroup', logSchema).map(([, { LogGroupName, KmsKeyId }]) => {
    const arn = arnOf(naming, 'logs', `log-group:${LogGroupName}`);
    return {
      principal: service(naming, `logs.${naming.world.region}.amazonaws.com`, arn),
      accesses: on(
        KmsKeyId,
        [
          'kms:Encrypt',
          'kms:Decrypt',
          'kms:ReEncryptFrom',
          'kms:ReEncryptTo',
          'kms:GenerateDataKey',
          'kms:DescribeKey',
        ],
        { 'kms:EncryptionContext:aws:logs:arn': [arn] },
      ),
    };
  });

/**
 * The delivery of logs by itself: reads what a workflow with a key of its own has logged. The source is CDK's own
 * state machine, which allows exactly this: https://github.com/aws/aws-cdk/tree/main/packages/aws-cdk-lib/aws-stepfunctions
 */
export const deliverLogs = (naming: Naming, { keyArn }: Permissions): readonly Background[] => [
  {
    principal: service(naming, 'delivery.logs.amazonaws.com', arnOf(naming, 'logs', '*')),
    accesses: on(keyArn, ['kms:Decrypt'], {
      'kms:EncryptionContext:SourceArn': [arnOf(naming, 'logs', '*')],
    }),
  },
];
