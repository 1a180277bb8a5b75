import { paginateDescribeInstanceInformation, type SSMClient } from '@aws-sdk/client-ssm';
import type { Finding } from '../../support/finding.ts';
import { problem } from './findings.ts';

/** The first agent that hands parameters to a script as environment variables. */
const leastAgent = '3.3.2746';

/** The version with its numbers in one width, so that it compares as text. */
const comparable = (version: string): string =>
  version.replaceAll(/\d+/g, (digits) => digits.padStart(9, '0'));

const isOld = (version: string): boolean => comparable(version) < comparable(leastAgent);

/** Whether Systems Manager can run a command on the company's domain controller. */
export const managedNode = async (client: SSMClient, managedNodeId: string): Promise<readonly Finding[]> => {
  const Filters = [{ Key: 'InstanceIds', Values: [managedNodeId] }];
  const findings: Finding[] = [
    problem(
      'node-unknown',
      `Systems Manager does not know the managed node ${managedNodeId} in this account and Region. Register the domain controller (an instance profile for i-, a hybrid activation for mi-), or correct onPremises.domainController.managedNodeId.`,
    ),
  ];
  for await (const { InstanceInformationList = [] } of paginateDescribeInstanceInformation(
    { client },
    { Filters },
  ))
    for (const { PingStatus, AgentVersion = '0', PlatformType } of InstanceInformationList) {
      findings.length = 0;
      if (PingStatus !== 'Online')
        findings.push(
          problem(
            'node-offline',
            `The managed node ${managedNodeId} is ${PingStatus}, not Online. Start the domain controller and its SSM agent, and let it reach Systems Manager over HTTPS.`,
          ),
        );
      if (isOld(AgentVersion))
        findings.push(
          problem(
            'node-agent-old',
            `The SSM agent of the managed node ${managedNodeId} is ${AgentVersion}; the commands need at least ${leastAgent}. Update it (AWS-UpdateSSMAgent).`,
          ),
        );
      if (PlatformType !== 'Windows')
        findings.push(
          problem(
            'node-platform',
            `The managed node ${managedNodeId} runs ${PlatformType}; the commands are for a Windows domain controller. Name one as onPremises.domainController.managedNodeId.`,
          ),
        );
    }
  return findings;
};
