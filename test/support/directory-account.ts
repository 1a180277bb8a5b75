import { confirmDirectory } from '../../functions/directory/confirm-directory.ts';
import { ensureDirectory } from '../../functions/directory/ensure-directory.ts';
import { removeDirectory } from '../../functions/directory/remove-directory.ts';
import { type TrustAccount, trustAccount } from './trust-account.ts';

export const name = 'cloud.example.com';
export const vpcId = 'vpc-0123456789abcdef0';
export const subnetIds = ['subnet-0000000000000000a', 'subnet-0000000000000000b'];
export const directory = {
  directoryId: null,
  name,
  shortName: 'CLOUD',
  vpcId,
  subnetIds,
  edition: 'Standard',
  description: 'Orders',
};
export const password = 'S3cret-of-the-Admin';

/** An account with the Admin's secret, and the directory that is wanted there. */
export const directoryAccount = async () => {
  const account = await trustAccount();
  const { arn } = account.secrets.create(
    { name: 'forestbridge/orders/directory-admin' },
    JSON.stringify({ username: 'Admin', password }),
  );
  const input = { directory, adminSecretArn: arn, tags: { team: 'orders' } };
  return { ...account, input };
};

type DirectoryAccount = Awaited<ReturnType<typeof directoryAccount>>;
type InWorld = Pick<TrustAccount, 'world'>;

export const named = ({ world }: InWorld, wanted = name) =>
  world.directories.all.filter((one) => one.name === wanted);

/** Somebody else's directory of the wanted name, or of another. */
export const place = ({ world }: InWorld, difference: object = {}) =>
  world.directories.place({
    name,
    shortName: 'CLOUD',
    edition: 'Standard',
    description: null,
    vpcId,
    subnetIds,
    tags: new Map(),
    ...difference,
  });

/** As the state machine does: has confirmed and removed what is superfluous, and goes on; tells how often. */
export const provided = async ({ settle, input }: DirectoryAccount, seconds: number) => {
  for (let removals = 0; ; removals += 1)
    try {
      return { made: await settle(ensureDirectory, input, seconds), removals };
    } catch (error) {
      if (!(error instanceof Error && error.name === 'RemovalDue') || removals === 9) throw error;
      await settle(confirmDirectory, { directory, used: null }, 15);
      await settle(removeDirectory, { directory }, seconds);
    }
};
