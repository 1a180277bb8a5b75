import * as cloudFormationPackage from '@aws-sdk/client-cloudformation';
import * as directoryServicePackage from '@aws-sdk/client-directory-service';
import * as ec2Package from '@aws-sdk/client-ec2';
import * as iamPackage from '@aws-sdk/client-iam';
import * as lambdaPackage from '@aws-sdk/client-lambda';
import * as rdsPackage from '@aws-sdk/client-rds';
import * as secretsPackage from '@aws-sdk/client-secrets-manager';
import * as catalogPackage from '@aws-sdk/client-service-catalog';
import * as sfnPackage from '@aws-sdk/client-sfn';
import * as snsPackage from '@aws-sdk/client-sns';
import * as ssmPackage from '@aws-sdk/client-ssm';
import * as stsPackage from '@aws-sdk/client-sts';
import type { Operations } from '../wire/operations.ts';
import { type Service, service } from '../wire/service.ts';
import type { World } from '../world/world.ts';
import { cloudFormation } from './cloudformation.ts';
import { directoryOperations } from './directory-service.ts';
import { dynamodb } from './dynamodb.ts';
import { ec2 } from './ec2.ts';
import { iam } from './iam.ts';
import { type Invoke, lambda } from './lambda.ts';
import { rds } from './rds.ts';
import { secretsManager } from './secrets-manager.ts';
import { serviceCatalog } from './service-catalog.ts';
import { sns } from './sns.ts';
import { ssm } from './ssm.ts';
import { sts } from './sts.ts';
import { trustOperations } from './trust-operations.ts';

/** Every service of a simulated account. */
export const services = (
  world: World,
  states: Operations<typeof sfnPackage>,
  invoke: Invoke,
): readonly Service[] => {
  const { directories, trusts, network, databases, roles, secrets, topics, commands, stacks, catalog } =
    world;
  return [
    service('ds', directoryServicePackage, {
      ...directoryOperations(directories, network, world),
      ...trustOperations(directories, trusts),
    }),
    service('ec2', ec2Package, ec2(network, world)),
    service('rds', rdsPackage, rds({ setting: world, databases, network, roles, causes: world })),
    service('ssm', ssmPackage, ssm(commands, world)),
    service('iam', iamPackage, iam(roles)),
    service('secretsmanager', secretsPackage, secretsManager(secrets, world)),
    service('sns', snsPackage, sns(topics)),
    service('sts', stsPackage, sts(world)),
    service('states', sfnPackage, states),
    service('cloudformation', cloudFormationPackage, cloudFormation(stacks)),
    service('servicecatalog', catalogPackage, serviceCatalog(catalog, world)),
    service('lambda', lambdaPackage, lambda(invoke)),
    dynamodb(),
  ];
};
