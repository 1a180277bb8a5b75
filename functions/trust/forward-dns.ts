import { DirectoryServiceClient } from '@aws-sdk/client-directory-service';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { z } from 'zod';
import { domainName } from '../request/names.ts';
import { address } from '../request/networks.ts';
import { Conflict, TrustFailed } from '../support/errors.ts';
import { ledgerSettings, ownerSchema } from '../support/ledger.ts';
import { openLedger } from '../support/open-ledger.ts';
import { step } from '../support/step.ts';
import { createForwarder, forwardedTo, updateForwarder } from './forwarder.ts';

const list = (addresses: readonly string[]): string => addresses.toSorted().join(', ');

/** Has the directory ask the company's DNS servers for the company's names. */
export const forwardDns = step({
  name: 'forward-dns',
  input: z.object({
    owner: ownerSchema,
    directory: z.object({ directoryId: z.string() }),
    onPremises: z.object({ domainName, dnsIpAddresses: z.array(address).min(1) }),
  }),
  output: z.object({ forwarding: z.array(z.string()) }),
  settings: ledgerSettings,
  clients: (configuration) => ({
    directoryService: new DirectoryServiceClient(configuration),
    dynamodb: new DynamoDBClient(configuration),
  }),
  fails: TrustFailed,
  async run(
    { owner, directory: { directoryId }, onPremises },
    { directoryService, dynamodb, settings, now },
  ) {
    const { domainName, dnsIpAddresses: addresses } = onPremises;
    const wanted = { directoryId, domainName, addresses };
    const key = `${directoryId}/${domainName}`;
    const ledger = await openLedger(dynamodb, settings.LEDGER_TABLE, owner, now);
    const found = await forwardedTo(directoryService, wanted);
    if (found === undefined) {
      const isNew = await ledger.makingAnew('forwarder-in-aws', key);
      await ledger.attempt(isNew, 'forwarder-in-aws', key, () => createForwarder(directoryService, wanted));
    }
    const entry = await ledger.find('forwarder-in-aws', key);
    if (found !== undefined && list(found) !== list(addresses)) {
      if (entry?.id !== list(found))
        throw new Conflict(
          `The directory ${directoryId} forwards ${domainName} to ${list(found)}; asked for is ${list(addresses)}. Forestbridge did not make that conditional forwarder, or somebody has changed it since: change or delete it, then redrive the execution.`,
        );
      await updateForwarder(directoryService, wanted);
    }
    // AWS gives a forwarder no id, so what it forwards to tells whether somebody else has changed it.
    if (entry !== undefined && entry.id !== list(addresses))
      await ledger.made('forwarder-in-aws', key, list(addresses));
    return { forwarding: addresses };
  },
});
