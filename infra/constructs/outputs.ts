import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { sampleRequest } from '../catalog/offered.ts';
import { domainControllerStatements } from '../permissions/company.ts';
import type { Setting } from '../permissions/grant.ts';

/** What people need to go on by themselves: how to start an execution by hand, and what a domain controller must be allowed. */
export const tellPeople = (scope: Construct, setting: Setting, provision: CfnStateMachine): void => {
  new CfnOutput(scope, 'StateMachine', {
    value: provision.attrArn,
    description: 'Start an execution of it with a request as its input',
  });
  const sample = sampleRequest(setting.configuration.connections);
  if (sample !== null)
    new CfnOutput(scope, 'SampleInput', {
      value: JSON.stringify(sample),
      description: 'Such an input; events/request.schema.json describes every field',
    });
  new CfnOutput(scope, 'DomainControllerStatements', {
    value: Stack.of(scope).toJsonString(domainControllerStatements(setting)),
    description: "By domain: attach these statements to the role of each of its domain controllers' machines",
  });
};
