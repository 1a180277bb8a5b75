import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { sampleRequest } from '../catalog/offered.ts';
import { domainControllerStatements } from '../permissions/company.ts';
import type { Setting } from '../permissions/grant.ts';

/** By domain, the roles of its domain controllers and what they have to be allowed. */
const domainControllers = (setting: Setting): object =>
  Object.fromEntries(
    Object.entries(domainControllerStatements(setting)).map(([domainName, statements]) => {
      const roles = setting.configuration.connections
        .filter((connection) => connection.domainName === domainName)
        .flatMap((connection) => connection.domainControllers.map(({ roleArn }) => roleArn));
      return [domainName, { roles: [...new Set(roles)], statements }];
    }),
  );

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
    value: Stack.of(scope).toJsonString(domainControllers(setting)),
    description:
      "By domain: attach the statements to each of the roles, which are its domain controllers' machines'",
  });
};
