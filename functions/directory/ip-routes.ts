import {
  AddIpRoutesCommand,
  type DirectoryServiceClient,
  type IpRouteStatusMsg,
  paginateListIpRoutes,
} from '@aws-sdk/client-directory-service';
import { isInside } from '../request/networks.ts';
import { isAwsError } from '../support/aws-errors.ts';
import { DirectoryFailed } from '../support/errors.ts';
import { throwUnavailable } from './unavailable.ts';

/** A block of addresses that the directory's controllers reach through their VPC. */
export interface IpRoute {
  readonly cidr: string;
  readonly status: IpRouteStatusMsg;
  readonly reason: string;
  readonly description: string;
}

const privateNetworks = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'];

/** The blocks that need a route: what is not wholly inside RFC 1918, each once, none inside another. */
export const publicBlocks = (
  networks: readonly string[],
  addresses: readonly string[],
): readonly string[] => {
  const blocks = new Set([...networks, ...addresses.map((address) => `${address}/32`)]);
  const outside = [...blocks].filter((block) => !privateNetworks.some((wide) => isInside(block, wide)));
  return outside.filter((block) => !outside.some((other) => other !== block && isInside(block, other)));
};

export const ipRoutesOf = async (
  directoryService: DirectoryServiceClient,
  directoryId: string,
): Promise<readonly IpRoute[]> => {
  const routes: IpRoute[] = [];
  const pages = paginateListIpRoutes({ client: directoryService }, { DirectoryId: directoryId });
  for await (const { IpRoutesInfo = [] } of pages)
    for (const {
      CidrIp,
      IpRouteStatusMsg: status = 'Adding',
      IpRouteStatusReason: reason = 'no reason given',
      Description: description = '',
    } of IpRoutesInfo)
      if (CidrIp !== undefined) routes.push({ cidr: CidrIp, status, reason, description });
  return routes;
};

/** Asks for routes; AWS is never to edit the security group, which it would open to everybody. */
export const addIpRoutes = async (
  directoryService: DirectoryServiceClient,
  directoryId: string,
  cidrs: readonly string[],
  description: string,
): Promise<void> => {
  const command = new AddIpRoutesCommand({
    DirectoryId: directoryId,
    IpRoutes: cidrs.map((CidrIp) => ({ CidrIp, Description: description })),
    UpdateSecurityGroupForDirectoryControllers: false,
  });
  try {
    await directoryService.send(command).catch(throwUnavailable(directoryId));
  } catch (error) {
    if (isAwsError(error, 'IpRouteLimitExceededException'))
      throw new DirectoryFailed(
        `The directory ${directoryId} has no room for the IP routes ${cidrs.join(', ')}: ${error.message} Remove IP routes that nobody needs, then redrive the execution.`,
        { cause: error },
      );
    // The answer to an earlier call was lost; looking again tells what is there.
    if (!isAwsError(error, 'EntityAlreadyExistsException')) throw error;
  }
};
