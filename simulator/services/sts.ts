import type * as Sts from '@aws-sdk/client-sts';
import type { Operations } from '../wire/operations.ts';
import type { Setting } from '../world/setting.ts';

/** STS: who is calling. */
export const sts = ({ accountId }: Pick<Setting, 'accountId'>): Operations<typeof Sts> => ({
  GetCallerIdentity(_input, { accessKeyId }) {
    return {
      Account: accountId,
      UserId: accessKeyId,
      Arn: `arn:aws:iam::${accountId}:user/forestbridge`,
    };
  },
});
