import type { Account } from '../../simulator/account.ts';
import type { World } from '../../simulator/world/world.ts';
import { deployed } from './provisioning.ts';
import { type Plain, snapshotOf } from './world-snapshot.ts';

type Entry = Readonly<Record<string, string>>;
type Names = readonly (readonly [string, string])[];

const passwordIn = (value: string): string => {
  const { password }: { readonly password: string } = JSON.parse(value);
  return password;
};

const masterUsers = ({ databases }: World): ReadonlyMap<string | undefined, string> =>
  new Map(
    databases.all.map(({ masterSecret, identifier }) => [masterSecret?.arn, `master user of ${identifier}`]),
  );

/** What drawn ids and passwords stand for; what is none of these stays as it is and makes a difference. */
const namesIn = (world: World): Names => {
  const { directories, network, secrets, databases } = world;
  const masters = masterUsers(world);
  const names: (readonly [string, string])[] = [];
  for (const { directoryId, name, dnsIpAddresses, trusts } of directories.all) {
    names.push([directoryId, `<directory ${name}>`]);
    for (const address of dnsIpAddresses) names.push([`"${address}"`, `"<a server of ${name}>"`]);
    for (const { trustId, remoteDomainName } of trusts) names.push([trustId, `<trust ${remoteDomainName}>`]);
  }
  for (const { id, name, rules } of network.securityGroups.values()) {
    names.push([id, `<group ${name}>`]);
    for (const rule of rules) names.push([rule.id, '<rule>']);
  }
  for (const { id } of network.interfaces.values()) names.push([id, '<interface>']);
  for (const { resourceId, identifier } of databases.all)
    names.push([resourceId, `<resource ${identifier}>`]);
  for (const { arn, name, versions } of secrets.all) {
    const is = masters.get(arn) ?? name;
    names.push([arn, `<secret ${is}>`], [name, is]);
    for (const { id } of versions) names.push([id, '<version>']);
    for (const { value } of versions.slice(-1)) names.push([passwordIn(value), `<password of ${is}>`]);
  }
  return names;
};

const moments = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g;
const executions = /(?<=:execution:forestbridge-provision:)[\w-]+/g;

const named = (text: string, names: Names): string =>
  // Twice, because there are names with ids in them.
  [...names, ...names]
    .reduce((result, [id, name]) => result.replaceAll(id, name), text)
    .replaceAll(moments, '<moment>')
    .replaceAll(executions, '<execution>');

const isList = (value: readonly Plain[] | { readonly [key: string]: Plain }): value is readonly Plain[] =>
  Array.isArray(value);

/** How often a secret was given a new value before anybody used it makes no difference. */
const lastOf = (versions: Plain): Plain =>
  typeof versions === 'object' && versions !== null && isList(versions) ? versions.slice(-1) : versions;

const inOrder = (values: readonly Plain[]): Plain =>
  values.toSorted((one, other) => JSON.stringify(one).localeCompare(JSON.stringify(other)));

/** Without moments, and what has no order in one order. */
const settled = (value: Plain): Plain => {
  // Moments are counted in milliseconds; nothing else is as large.
  if (typeof value === 'number') return value > 1e12 ? '<moment>' : value;
  if (typeof value !== 'object' || value === null) return value;
  if (isList(value)) return inOrder(value.map(settled));
  const entries = Object.entries(value).toSorted(([one], [other]) => one.localeCompare(other));
  return Object.fromEntries(
    entries.map(([key, item]) => [key, settled(key === 'versions' ? lastOf(item) : item)]),
  );
};

const isLasting = ({ item }: Entry): boolean => !/^conclusion(#|$)/.test(item ?? '');

/** What is on premises has no id; whether its entry is complete, and by which command, depends on which execution looked last. */
const withoutKeyAsId = ({ id, command: _command, ...entry }: Entry): Entry =>
  id === undefined || /#(forwarder|half)-on-premises#/.test(entry['item'] ?? '') ? entry : { id, ...entry };

/** What stands in an account, apart from drawn ids, passwords and moments; equal likenesses are equal worlds. */
export const likenessOf = async (account: Account): Promise<Plain> => {
  const { ledger, ...rest } = await snapshotOf(account);
  const text = JSON.stringify({ ...rest, ledger: ledger.filter(isLasting).map(withoutKeyAsId) });
  return settled(JSON.parse(named(text, namesIn(account.world))));
};

/** What stands after the request was carried out in a world of its own, with nothing in its way. */
export const likenessAfter = async (request: object): Promise<Plain> => {
  const { account, run, close } = await deployed([request]);
  await run(request);
  const likeness = await likenessOf(account);
  await close();
  return likeness;
};
