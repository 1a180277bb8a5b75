import * as directoryServicePackage from '@aws-sdk/client-directory-service';
import * as ssmPackage from '@aws-sdk/client-ssm';
import { directoryOperations } from '../../simulator/services/directory-service.ts';
import { ssm } from '../../simulator/services/ssm.ts';
import { trustOperations } from '../../simulator/services/trust-operations.ts';
import { Endpoint } from '../../simulator/wire/endpoint.ts';
import { service } from '../../simulator/wire/service.ts';
import type { World } from '../../simulator/world/world.ts';
import { configurationFor } from './configuration.ts';

/** Clients of a world's Directory Service and Systems Manager, with no function in between. */
export const clientsOf = (world: World) => {
  const { directories, trusts, network, commands } = world;
  const configuration = configurationFor(
    new Endpoint([
      service('ds', directoryServicePackage, {
        ...directoryOperations(directories, network, world),
        ...trustOperations(directories, trusts),
      }),
      service('ssm', ssmPackage, ssm(commands, world)),
    ]),
  );
  return {
    directoryService: new directoryServicePackage.DirectoryServiceClient(configuration),
    ssm: new ssmPackage.SSMClient(configuration),
  };
};
