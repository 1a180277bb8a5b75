import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EC2Client } from '@aws-sdk/client-ec2';
import { z } from 'zod';
import { network } from '../request/networks.ts';
import { directoryOpenings } from '../support/directory-rules.ts';
import { DirectoryFailed } from '../support/errors.ts';
import { ledgerSettings, ownerSchema } from '../support/ledger.ts';
import { openLedger } from '../support/open-ledger.ts';
import { openRecorded } from '../support/open-traffic.ts';
import { rulesOf } from '../support/security-rules.ts';
import { step } from '../support/step.ts';

/**
 * Lets the directory's domain controllers and the company's speak to each other, and the company's clients to the
 * directory's: both directions of its security group, one call each, and nothing to or from everybody.
 */
export const openDirectoryTraffic = step({
  name: 'open-directory-traffic',
  input: z.object({
    owner: ownerSchema,
    directory: z.object({ securityGroupId: z.string().min(1) }),
    onPremises: z.object({ networks: z.array(network), clientNetworks: z.array(network) }),
  }),
  output: z.object({ opened: z.int() }),
  settings: ledgerSettings,
  clients: (configuration) => ({
    ec2: new EC2Client(configuration),
    dynamodb: new DynamoDBClient(configuration),
  }),
  fails: DirectoryFailed,
  async run({ owner, directory, onPremises }, { ec2, dynamodb, settings, now }) {
    const ledger = await openLedger(dynamodb, settings.LEDGER_TABLE, owner, now);
    const opener = {
      ec2,
      ledger,
      kind: 'directory-rule',
      requestId: owner.requestId,
      fails: DirectoryFailed,
    } as const;
    const groupId = directory.securityGroupId;
    const rules = await rulesOf(ec2, [groupId]);
    const { outbound, inbound } = directoryOpenings(onPremises);
    const out = await openRecorded(opener, { groupId, egress: true }, outbound, rules);
    const inward = await openRecorded(opener, { groupId, egress: false }, inbound, rules);
    return { opened: out + inward };
  },
});
