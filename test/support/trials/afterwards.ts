import { expect } from 'vitest';
import { watchSchedule } from '../../../cli/local-account.ts';
import type { Deployment } from '../provisioning.ts';
import { succeeded } from '../succeeded.ts';
import type { Request } from './requests.ts';

const day = 86_400_000;

/** The trusts are checked once. */
export const check = async ({ world, account }: Deployment): Promise<void> => {
  world.schedules.enable(watchSchedule);
  const before = account.executions.all.length;
  await world.clock.sleep(2 * day);
  const begun = account.executions.all.slice(0, account.executions.all.length - before);
  expect(begun.length).toBeGreaterThan(0);
  for (const execution of begun) {
    await account.executions.ended(execution.arn);
    succeeded(execution);
  }
};

/** The company has one DNS server less, and then as many as before. */
export const forwardAnew = async ({ run }: Deployment, request: Request): Promise<void> => {
  const onPremises = { ...Object(request['onPremises']) };
  const dnsIpAddresses = onPremises.dnsIpAddresses.slice(0, 1);
  succeeded(await run({ ...request, onPremises: { ...onPremises, dnsIpAddresses } }));
  succeeded(await run(request));
};

const isOurs = ({ tags }: { readonly tags: ReadonlyMap<string, string> }): boolean =>
  tags.has('forestbridge:request');

/** Somebody deletes all that was made in AWS. */
export const takeAway = async ({ world }: Deployment): Promise<void> => {
  const { databases, directories, network } = world;
  for (const instance of databases.all.filter(isOurs)) databases.delete(instance);
  for (const directory of directories.all.filter(isOurs)) directories.delete(directory);
  await world.clock.sleep(day);
  for (const [name, group] of databases.subnetGroups) if (isOurs(group)) databases.subnetGroups.delete(name);
  for (const { id, tags } of network.securityGroups.values())
    if (tags['forestbridge:request'] !== undefined) network.removeSecurityGroup(id);
};

/** Somebody takes our instances out of their directory. */
export const leaveDirectory = async ({ world, run }: Deployment, request: Request): Promise<void> => {
  for (const instance of world.databases.all.filter(isOurs)) instance.membership = null;
  succeeded(await run(request));
};

/** Has both halves of a trust made anew whose password somebody has changed on premises. */
export const repair = async ({ world, run }: Deployment, request: Request): Promise<void> => {
  for (const { trusts } of world.directories.all) for (const trust of trusts) trust.state = 'VerifyFailed';
  for (const { halves } of world.forests)
    for (const half of halves.values()) half.password = 'Chosen-by-hand-1';
  succeeded(await run(request));
};
