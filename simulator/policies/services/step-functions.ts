// https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsstepfunctions.html
import type * as StepFunctions from '@aws-sdk/client-sfn';
import type { Access } from '../access.ts';
import { withCustomersKey } from '../encryption.ts';
import { on, resource } from '../resources.ts';
import type { Doubt, Rows, Surroundings } from '../rows.ts';

export const unverified: readonly Doubt[] = [
  {
    operation: 'states:StartExecution',
    why: "Whether the caller needs a customer's key, which the state machine's own role uses. It is not asked for; likewise StopExecution and RedriveExecution.",
  },
  {
    operation: 'states:StartExecution',
    why: 'How a version or an alias is named as a resource. The machine without it is asked for, and states:StateMachineQualifier filled in.',
  },
  {
    operation: 'states:GetExecutionHistory',
    why: 'Whether includeExecutionData: false spares kms:Decrypt. It is asked for all the same.',
  },
];

const machineOf = (executionArn: string): string =>
  executionArn.replace(':execution:', ':stateMachine:').replace(/:[^:]*$/, '');

const decrypt = (at: Surroundings, stateMachineArn: string): readonly Access[] =>
  withCustomersKey(at, 'states', ['Decrypt'], { 'aws:states:stateMachineArn': stateMachineArn });

type OfExecution = { readonly executionArn?: string | undefined };

const onExecution = (operation: string, { executionArn = '*' }: OfExecution): Access =>
  on(`states:${operation}`, resource(executionArn));

export const stepFunctions: Rows<typeof StepFunctions> = {
  StartExecution({ stateMachineArn = '*' }) {
    const [machine = stateMachineArn, qualifier] =
      /^(.*:stateMachine:[^:]+):([^:]+)$/.exec(stateMachineArn)?.slice(1) ?? [];
    const context: Access['context'] =
      qualifier === undefined ? {} : { 'states:StateMachineQualifier': [qualifier] };
    return [on('states:StartExecution', resource(machine, context))];
  },

  DescribeExecution(input, at) {
    const isPlain = input.includedData === 'METADATA_ONLY';
    return [
      onExecution('DescribeExecution', input),
      ...(isPlain ? [] : decrypt(at, machineOf(input.executionArn ?? '*'))),
    ];
  },

  GetExecutionHistory: (input, at) => [
    onExecution('GetExecutionHistory', input),
    ...decrypt(at, machineOf(input.executionArn ?? '*')),
  ],

  StopExecution: (input) => [onExecution('StopExecution', input)],
  RedriveExecution: (input) => [onExecution('RedriveExecution', input)],
};
