import {
  directoryId,
  directoryName,
  domainName,
  onPremises,
  outgoing,
  owner,
  trustAccount,
} from './trust-account.ts';

/** Of both halves. */
export const password = 'A-long-secret-1';
/** By which the trust is known. */
export const key = `${directoryId}/${domainName}`;
/** The half in the ledger. */
export const entry = `half-in-aws#${key}`;
const making = { onPremises: 'create', inAws: 'create', newPassword: true, trustId: null };

/** An account whose company has its half and whose directory forwards, and what creates the other half. */
export const prepare = async () => {
  const account = await trustAccount();
  const { world, directory, forest } = account;
  await account.claimOf({ ...owner, requestId: `trust#${key}` }).take(null, new Date());
  account.disturb();
  world.trusts.forward(directory, domainName, onPremises.dnsIpAddresses);
  forest.forwarders.set(directoryName, directory.dnsIpAddresses);
  forest.halves.set(directoryName, {
    type: 'Forest',
    direction: 'Inbound',
    selectiveAuthentication: false,
    password,
  });
  const secret = account.secrets.create({ name: 'forestbridge/orders/trust' }, JSON.stringify({ password }));
  const input = {
    directory: { directoryId },
    onPremises,
    trust: outgoing,
    plan: making,
    trustSecretArn: secret.arn,
  };
  return { account, directory, forest, secret, input };
};

/** The same with a half in AWS that this request made and that is to be made anew. */
export const prepareRepair = async () => {
  const prepared = await prepare();
  const { account, directory, input } = prepared;
  const old = account.world.trusts.create(directory, {
    ...outgoing,
    remoteDomainName: domainName,
    password: 'another',
  });
  await account.ledger.making('half-in-aws', key);
  await account.ledger.made('half-in-aws', key, old.trustId);
  await account.seconds(200);
  account.disturb();
  const plan = { ...making, onPremises: 'reset', inAws: 'recreate', trustId: old.trustId };
  return { ...prepared, old, input: { ...input, plan } };
};
