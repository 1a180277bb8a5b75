import type * as Ec2 from '@aws-sdk/client-ec2';
import type { Operations } from '../wire/operations.ts';
import { ServiceError } from '../wire/service-error.ts';
import type { Network } from '../world/network.ts';
import type { Setting } from '../world/setting.ts';
import { needed, refuseDryRun } from './ec2/answers.ts';
import { networks } from './ec2/networks.ts';
import { securityGroups } from './ec2/security-groups.ts';

/** What the steps read and change of EC2: networks, security groups and their rules, tags. */
export const ec2 = (network: Network, { accountId }: Pick<Setting, 'accountId'>): Operations<typeof Ec2> => ({
  ...networks(network, accountId),
  ...securityGroups(network, accountId),

  CreateTags(input) {
    const things = needed(input.Resources, 'resourceIdSet').map((id) => {
      const thing = network.thing(id);
      if (thing === undefined) throw new ServiceError('InvalidID', `The ID '${id}' is not valid`);
      return thing;
    });
    refuseDryRun(input);
    for (const { tags } of things)
      for (const { Key, Value } of needed(input.Tags, 'tagSet')) tags[needed(Key, 'tag key')] = Value ?? '';
    return {};
  },
});
