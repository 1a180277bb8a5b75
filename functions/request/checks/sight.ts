import type { DirectoryServiceClient } from '@aws-sdk/client-directory-service';
import type { EC2Client, SecurityGroup } from '@aws-sdk/client-ec2';
import type { IAMClient } from '@aws-sdk/client-iam';
import type { DBInstance, RDSClient } from '@aws-sdk/client-rds';
import type { SSMClient } from '@aws-sdk/client-ssm';
import { findInstance } from '../../database/instance.ts';
import type { Ledger } from '../../support/ledger.ts';
import { type Rule, rulesOf } from '../../support/security-rules.ts';
import type { NormalisedRequest } from '../schema.ts';
import { groupIdsOf, subnetIdsOf } from './database-facts.ts';
import { securityGroupsOf } from './database-place.ts';
import { type FoundDirectory, lookForDirectory } from './directory.ts';
import { type Controller, controllerOf } from './domain-controller.ts';
import type { LoginFunction } from './login-function.ts';
import { readTerritory, type Territory } from './territory.ts';

/** What the checks look with. */
export interface Tools {
  readonly ec2: EC2Client;
  readonly directoryService: DirectoryServiceClient;
  readonly rds: RDSClient;
  readonly ssm: SSMClient;
  readonly iam: IAMClient;
  readonly ledger: Ledger;
  readonly domainRoleName: string;
  readonly login: LoginFunction;
}

/** What more than one check looks at, read once. */
export interface Sight {
  readonly directory: FoundDirectory;
  readonly instance: DBInstance | undefined;
  readonly controller: Controller | null;
  readonly territory: Territory;
  readonly groups: ReadonlyMap<string | undefined, SecurityGroup>;
  readonly rules: readonly Rule[];
}

/** Reads the directory, the instance, and the networks and security groups around both. */
export const look = async (tools: Tools, request: NormalisedRequest): Promise<Sight> => {
  const { ec2, directoryService, rds, ledger, login } = tools;
  const { onPremises, database } = request;
  const directory = await lookForDirectory(directoryService, ledger, request);
  const instance = database === null ? undefined : await findInstance(rds, database.identifier);
  const controller = await controllerOf(ec2, onPremises.domainController.managedNodeId);
  const { place } = directory;
  const hasLogins = database !== null && database.windowsLogins.length > 0;
  const territory = await readTerritory(ec2, place?.vpcId ?? null, [
    ...(place?.subnetIds ?? []),
    ...(typeof controller?.subnetId === 'string' ? [controller.subnetId] : []),
    ...(database === null ? [] : subnetIdsOf(database, instance)),
    ...(hasLogins ? login.subnetIds : []),
  ]);
  const ofDatabase = database === null ? [] : groupIdsOf(database, instance);
  const groups = await securityGroupsOf(ec2, [...ofDatabase, ...(hasLogins ? [login.securityGroupId] : [])]);
  const ruled = [
    ...(typeof place?.securityGroupId === 'string' ? [place.securityGroupId] : []),
    ...(controller?.groupIds ?? []),
    ...ofDatabase,
    ...(hasLogins ? [login.securityGroupId] : []),
  ];
  const rules = ruled.length === 0 ? [] : await rulesOf(ec2, ruled);
  return { directory, instance, controller, territory, groups, rules };
};
