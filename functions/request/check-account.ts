import { DirectoryServiceClient } from '@aws-sdk/client-directory-service';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EC2Client } from '@aws-sdk/client-ec2';
import { IAMClient } from '@aws-sdk/client-iam';
import { RDSClient } from '@aws-sdk/client-rds';
import { SSMClient } from '@aws-sdk/client-ssm';
import { z } from 'zod';
import { PreflightFailed } from '../support/errors.ts';
import { type Finding, findingSchema } from '../support/finding.ts';
import { ledgerSettings, ownerSchema } from '../support/ledger.ts';
import { openLedger } from '../support/open-ledger.ts';
import { step } from '../support/step.ts';
import { databaseFindings } from './checks/database.ts';
import { directoryFindings } from './checks/directory-side.ts';
import { managedNode } from './checks/managed-node.ts';
import { look } from './checks/sight.ts';
import { existingTrust } from './checks/trust.ts';
import { normalisedRequestSchema } from './schema.ts';

const text = z.string().min(1);
const commaList = text.transform((list) => list.split(',').map((each) => each.trim()));

const report = (findings: readonly Finding[]): string =>
  [
    'The account is not ready for the request; nothing has been changed. Mend what is listed, then redrive the execution, or start another one with a corrected request.',
    ...findings.map(({ level, code, message }) => `- ${level} ${code}: ${message}`),
  ].join('\n');

/** Looks, before the first change, for everything in the account that would make the provisioning fail; it only reads. */
export const checkAccount = step({
  name: 'check-account',
  input: z.object({ owner: ownerSchema, request: normalisedRequestSchema }),
  output: z.object({
    existingDirectoryId: z.string().nullable(),
    existingDirectoryActive: z.boolean(),
    directorySubnetIds: z.array(z.string()),
    instanceExists: z.boolean(),
    findings: z.array(findingSchema),
  }),
  settings: ledgerSettings.extend({
    DOMAIN_ROLE_NAME: text,
    LOGIN_SECURITY_GROUP_ID: text,
    LOGIN_SUBNET_IDS: commaList,
  }),
  clients: (configuration) => ({
    ec2: new EC2Client(configuration),
    directoryService: new DirectoryServiceClient(configuration),
    rds: new RDSClient(configuration),
    ssm: new SSMClient(configuration),
    iam: new IAMClient(configuration),
    dynamodb: new DynamoDBClient(configuration),
  }),
  fails: PreflightFailed,
  async run({ owner, request }, { ec2, directoryService, rds, ssm, iam, dynamodb, settings, now }) {
    const tools = {
      ec2,
      directoryService,
      rds,
      ssm,
      iam,
      ledger: await openLedger(dynamodb, settings.LEDGER_TABLE, owner, now),
      domainRoleName: settings.DOMAIN_ROLE_NAME,
      login: { subnetIds: settings.LOGIN_SUBNET_IDS, securityGroupId: settings.LOGIN_SECURITY_GROUP_ID },
    };
    const { onPremises, database } = request;
    const sight = await look(tools, request);
    const { directoryId, active, place, findings: ofDirectory } = sight.directory;
    const findings = [
      ...ofDirectory,
      ...directoryFindings(sight, request),
      ...(directoryId !== null && active ? await existingTrust(directoryService, directoryId, request) : []),
      ...(await managedNode(ssm, onPremises.domainController.managedNodeId)),
      ...(database === null ? [] : await databaseFindings(tools, sight, request, database)),
    ];
    if (place === null || findings.some(({ level }) => level === 'error'))
      throw new PreflightFailed(report(findings));
    return {
      existingDirectoryId: directoryId,
      existingDirectoryActive: active,
      directorySubnetIds: [...place.subnetIds],
      instanceExists: sight.instance !== undefined,
      findings,
    };
  },
});
