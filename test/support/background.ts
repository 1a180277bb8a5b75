import { z } from 'zod';
import type { Access } from '../../simulator/policies/access.ts';
import type { Permissions, Principal } from '../../simulator/policies/guard.ts';
import type { Naming } from './resolve.ts';
import { resourcesOf } from './template-permissions.ts';

/** Something that AWS does beside all calls, where nobody sees it in a simulated account. */
export interface Background {
  readonly principal: Principal;
  readonly accesses: readonly Access[];
}

const anywhere = (...actions: readonly string[]): readonly Access[] =>
  actions.map((action) => ({ action, resources: ['*'], context: {} }));

const on = (resource: string, actions: readonly string[], context: Access['context'] = {}) =>
  actions.map((action) => ({ action, resources: [resource], context }));

/** A service by itself, for something of this account. */
const service = ({ world }: Naming, name: string, sourceArn: string): Principal => ({
  name,
  names: [name],
  identity: [],
  context: {
    'aws:SourceArn': [sourceArn],
    'aws:SourceAccount': [world.accountId],
    'aws:SecureTransport': ['true'],
  },
});

const arnOf = ({ world }: Naming, of: string, rest: string): string =>
  `arn:aws:${of}:${world.region}:${world.accountId}:${rest}`;

const via = ({ world }: Naming, name: string) => ({
  'kms:ViaService': [`${name}.${world.region}.amazonaws.com`],
});

/** To write a message into an encrypted queue, or to publish to an encrypted topic. */
const encrypting = ['kms:GenerateDataKey', 'kms:Decrypt'];

const functionSchema = z.object({
  Role: z.string(),
  LoggingConfig: z.object({ LogGroup: z.string() }),
  TracingConfig: z.object({ Mode: z.literal('Active') }).optional(),
  VpcConfig: z.unknown().optional(),
  DeadLetterConfig: z.object({ TargetArn: z.string() }).optional(),
});

/**
 * Lambda, as a function's role:
 * https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs.html (the log group is the template's own),
 * https://docs.aws.amazon.com/lambda/latest/dg/services-xray.html,
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html,
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 */
const runFunctions = (naming: Naming, { roles, keyArn }: Permissions): readonly Background[] =>
  resourcesOf(naming, 'AWS::Lambda::Function', functionSchema).flatMap(
    ([, { Role, LoggingConfig, TracingConfig, VpcConfig, DeadLetterConfig }]) => {
      const principal = roles.get(Role);
      if (principal === undefined) return [];
      const stream = arnOf(naming, 'logs', `log-group:${LoggingConfig.LogGroup}:log-stream:2026/01/05/[1]0`);
      const accesses = [
        ...on(stream, ['logs:CreateLogStream', 'logs:PutLogEvents']),
        ...(TracingConfig === undefined ? [] : anywhere('xray:PutTraceSegments', 'xray:PutTelemetryRecords')),
        ...(VpcConfig === undefined
          ? []
          : anywhere(
              'ec2:CreateNetworkInterface',
              'ec2:DescribeNetworkInterfaces',
              'ec2:DescribeSubnets',
              'ec2:DeleteNetworkInterface',
              'ec2:AssignPrivateIpAddresses',
              'ec2:UnassignPrivateIpAddresses',
            )),
        ...(DeadLetterConfig === undefined
          ? []
          : [
              ...on(DeadLetterConfig.TargetArn, ['sqs:SendMessage']),
              ...on(keyArn, encrypting, via(naming, 'sqs')),
            ]),
      ];
      return [{ principal, accesses }];
    },
  );

const machineSchema = z.object({
  RoleArn: z.string(),
  LoggingConfiguration: z.object({ Level: z.string() }).optional(),
  TracingConfiguration: z.object({ Enabled: z.boolean() }).optional(),
});

/**
 * Step Functions, as a workflow's role:
 * https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html,
 * https://docs.aws.amazon.com/step-functions/latest/dg/xray-iam.html
 */
const logMachines = (naming: Naming, { roles, keyArn }: Permissions): readonly Background[] =>
  resourcesOf(naming, 'AWS::StepFunctions::StateMachine', machineSchema).flatMap(
    ([, { RoleArn, LoggingConfiguration, TracingConfiguration }]) => {
      const principal = roles.get(RoleArn);
      if (principal === undefined) return [];
      const accesses = [
        ...(LoggingConfiguration === undefined
          ? []
          : anywhere(
              'logs:CreateLogDelivery',
              'logs:GetLogDelivery',
              'logs:UpdateLogDelivery',
              'logs:DeleteLogDelivery',
              'logs:ListLogDeliveries',
              'logs:PutResourcePolicy',
              'logs:DescribeResourcePolicies',
              'logs:DescribeLogGroups',
            )),
        ...on(keyArn, ['kms:GenerateDataKey'], {
          'kms:EncryptionContext:SourceArn': [arnOf(naming, 'logs', '*')],
        }),
        ...(TracingConfiguration?.Enabled === true
          ? anywhere(
              'xray:PutTraceSegments',
              'xray:PutTelemetryRecords',
              'xray:GetSamplingRules',
              'xray:GetSamplingTargets',
            )
          : []),
      ];
      return [{ principal, accesses }];
    },
  );

const scheduleSchema = z.object({
  KmsKeyArn: z.string().optional(),
  Target: z.object({ RoleArn: z.string(), DeadLetterConfig: z.object({ Arn: z.string() }).optional() }),
});

/**
 * Scheduler, as a schedule's role: opens the schedule's input, and keeps what it could not deliver:
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/encryption-rest.html,
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/configuring-schedule-dlq.html
 */
const schedule = (naming: Naming, { roles, keyArn }: Permissions): readonly Background[] =>
  resourcesOf(naming, 'AWS::Scheduler::Schedule', scheduleSchema).flatMap(([, { KmsKeyArn, Target }]) => {
    const principal = roles.get(Target.RoleArn);
    if (principal === undefined) return [];
    const queue = Target.DeadLetterConfig?.Arn;
    const accesses = [
      ...(KmsKeyArn === undefined ? [] : on(KmsKeyArn, ['kms:Decrypt'], via(naming, 'scheduler'))),
      ...(queue === undefined
        ? []
        : [...on(queue, ['sqs:SendMessage']), ...on(keyArn, encrypting, via(naming, 'sqs'))]),
    ];
    return [{ principal, accesses }];
  });

const ruleSchema = z.object({
  Name: z.string().optional(),
  Targets: z.array(z.object({ DeadLetterConfig: z.object({ Arn: z.string() }).optional() })),
});

/**
 * EventBridge by itself: keeps what it could not deliver:
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html,
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
 */
const keepUndelivered = (naming: Naming, { keyArn }: Permissions): readonly Background[] =>
  resourcesOf(naming, 'AWS::Events::Rule', ruleSchema).flatMap(([id, { Name, Targets }]) =>
    Targets.flatMap(({ DeadLetterConfig }) => DeadLetterConfig?.Arn ?? []).map((queue) => ({
      principal: service(
        naming,
        'events.amazonaws.com',
        arnOf(naming, 'events', `rule/${Name ?? `Forestbridge-${id}`}`),
      ),
      accesses: [...on(queue, ['sqs:SendMessage']), ...on(keyArn, encrypting)],
    })),
  );

const alarmSchema = z.object({ AlarmName: z.string(), AlarmActions: z.array(z.string()) });

/**
 * CloudWatch by itself: an alarm tells people:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html
 */
const raiseAlarms = (naming: Naming, { keyArn }: Permissions): readonly Background[] =>
  resourcesOf(naming, 'AWS::CloudWatch::Alarm', alarmSchema).map(([, { AlarmName, AlarmActions }]) => ({
    principal: service(naming, 'cloudwatch.amazonaws.com', arnOf(naming, 'cloudwatch', `alarm:${AlarmName}`)),
    accesses: [...AlarmActions.flatMap((topic) => on(topic, ['sns:Publish'])), ...on(keyArn, encrypting)],
  }));

const logSchema = z.object({ LogGroupName: z.string(), KmsKeyId: z.string() });

/**
 * CloudWatch Logs by itself: encrypts a log group:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 */
const encryptLogs = (naming: Naming): readonly Background[] =>
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

const launchSchema = z.object({ RoleArn: z.string() });

/**
 * Service Catalog, as the role that products are launched with:
 * https://docs.aws.amazon.com/servicecatalog/latest/adminguide/constraints-launch.html
 */
const launchProducts = (naming: Naming, { roles }: Permissions): readonly Background[] =>
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

/**
 * The delivery of logs by itself: reads what a workflow with a key of its own has logged. The source is CDK's own
 * state machine, which allows exactly this: https://github.com/aws/aws-cdk/tree/main/packages/aws-cdk-lib/aws-stepfunctions
 */
const deliverLogs = (naming: Naming, { keyArn }: Permissions): readonly Background[] => [
  {
    principal: service(naming, 'delivery.logs.amazonaws.com', arnOf(naming, 'logs', '*')),
    accesses: on(keyArn, ['kms:Decrypt'], {
      'kms:EncryptionContext:SourceArn': [arnOf(naming, 'logs', '*')],
    }),
  },
];

/** All that AWS does with what a template has, beside what its functions and workflows are called for. */
export const backgroundOf = (naming: Naming, permissions: Permissions): readonly Background[] => [
  ...runFunctions(naming, permissions),
  ...logMachines(naming, permissions),
  ...schedule(naming, permissions),
  ...keepUndelivered(naming, permissions),
  ...raiseAlarms(naming, permissions),
  ...encryptLogs(naming),
  ...deliverLogs(naming, permissions),
  ...launchProducts(naming, permissions),
];
