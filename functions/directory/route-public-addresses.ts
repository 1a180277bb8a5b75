import { DirectoryServiceClient } from '@aws-sdk/client-directory-service';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { z } from 'zod';
import { address, isInside, network } from '../request/networks.ts';
import { DirectoryFailed, NotReady } from '../support/errors.ts';
import { ledgerSettings, ownerSchema } from '../support/ledger.ts';
import { openLedger } from '../support/open-ledger.ts';
import { step } from '../support/step.ts';
import { addIpRoutes, type IpRoute, ipRoutesOf, publicBlocks } from './ip-routes.ts';

const covering = (routes: readonly IpRoute[], block: string): readonly IpRoute[] =>
  routes.filter(({ cidr }) => isInside(block, cidr));

/** Throws unless one of the routes to the block works. */
const checkAdded = (routes: readonly IpRoute[], directoryId: string, block: string): void => {
  if (routes.some(({ status }) => status === 'Added')) return;
  const failed = routes.find(({ status }) => status === 'AddFailed' || status === 'RemoveFailed');
  if (failed !== undefined)
    throw new DirectoryFailed(
      `The IP route ${failed.cidr} of the directory ${directoryId} is ${failed.status}. AWS: ${failed.reason} Remove that route from the directory (its IP routing in the console, or RemoveIpRoutes), then redrive the execution.`,
    );
  throw new NotReady(
    `The directory ${directoryId} does not reach ${block} yet: ${routes.map(({ cidr, status }) => `the route ${cidr} is ${status}`).join(', ')}.`,
  );
};

/** Has the directory reach the company's networks and DNS servers whose addresses are not private ones. */
export const routePublicAddresses = step({
  name: 'route-public-addresses',
  input: z.object({
    owner: ownerSchema,
    directory: z.object({ directoryId: z.string() }),
    onPremises: z.object({ networks: z.array(network), dnsIpAddresses: z.array(address) }),
  }),
  output: z.object({ routes: z.array(z.string()) }),
  settings: ledgerSettings,
  clients: (configuration) => ({
    directoryService: new DirectoryServiceClient(configuration),
    dynamodb: new DynamoDBClient(configuration),
  }),
  fails: DirectoryFailed,
  async run(
    { owner, directory: { directoryId }, onPremises },
    { directoryService, dynamodb, settings, now },
  ) {
    const blocks = publicBlocks(onPremises.networks, onPremises.dnsIpAddresses);
    if (blocks.length === 0) return { routes: [] };
    const ledger = await openLedger(dynamodb, settings.LEDGER_TABLE, owner, now);
    const description = `forestbridge ${owner.requestId}`;
    const keyOf = (block: string): string => `${directoryId}/${block}`;
    const routes = await ipRoutesOf(directoryService, directoryId);
    const lacking = blocks.filter((block) => covering(routes, block).length === 0);
    if (lacking.length > 0) {
      for (const block of lacking) await ledger.makingAnew('ip-route', keyOf(block));
      await addIpRoutes(directoryService, directoryId, lacking, description);
      throw new NotReady(`The directory ${directoryId} is adding the IP routes ${lacking.join(', ')}.`);
    }
    for (const block of blocks) checkAdded(covering(routes, block), directoryId, block);
    for (const block of blocks) {
      const entry = await ledger.find('ip-route', keyOf(block));
      if (entry === undefined) continue;
      // AWS gives a route no id, so its description tells whose it is.
      const isOwn = routes.some((route) => route.cidr === block && route.description === description);
      if (!isOwn) await ledger.forget('ip-route', keyOf(block));
      else if (entry.id === undefined) await ledger.made('ip-route', keyOf(block), directoryId);
    }
    return { routes: [...blocks] };
  },
});
