import type { JsonObject } from '../../../simulator/states/data/json.ts';
import { applyBreak, mendBreak } from '../../../simulator/world/breaks.ts';
import type { Instance } from '../../../simulator/world/databases.ts';
import type { SubjectCases } from '../case.ts';
import { losing, meanwhile, refusing } from '../mishaps.ts';
import type { Stage } from '../stage.ts';
import { called, having, minutes, passed, steps } from './preparations.ts';

const instanceOf = ({ world }: Stage): Instance => {
  const [instance] = world.databases.all;
  if (instance === undefined) throw new RangeError('The world has no database instance yet.');
  return instance;
};

const is = (status: Instance['status']) => (stage: Stage) => {
  instanceOf(stage).status = status;
};

const existing = 'existing-instance';
const isGone = (stage: Stage) => stage.world.databases.delete(instanceOf(stage));
const gone = steps(isGone, minutes(10));
const busy = (operation: string) =>
  refusing(operation, 'InvalidDBInstanceState', 'Database instance is not in available state.');

const placeSubnetGroup =
  (...subnetIds: string[]) =>
  ({ world, request }: Stage) =>
    void world.databases.addSubnetGroup({
      name: 'forestbridge-orders',
      description: 'Subnets of somebody else',
      vpcId: request.directory.vpcId ?? '',
      subnetIds,
      tags: new Map(),
    });
const subnetIds = ['subnet-0a1b2c3d4e5f60713', 'subnet-0a1b2c3d4e5f60714'];

const ensureNetwork = {
  at: 'Ensure database network',
  cases: {
    'from-nothing': {},
    'there-already': { before: called },
    'existing-instance': { request: existing },
    'opened-already-for-an-existing-instance': { request: existing, before: called },
    'security-group-of-somebody-else': {
      before: ({ world, request }: Stage) =>
        void world.network.addSecurityGroup(request.directory.vpcId ?? '', 'forestbridge-orders', 'Theirs'),
    },
    'subnet-group-of-the-same-subnets': { before: placeSubnetGroup(...subnetIds) },
    'subnet-group-of-other-subnets': {
      before: placeSubnetGroup('subnet-0a1b2c3d4e5f60711', 'subnet-0a1b2c3d4e5f60712'),
    },
    'no-room-for-rules': {
      during: refusing(
        'AuthorizeSecurityGroupEgress',
        'RulesPerSecurityGroupLimitExceeded',
        'The maximum number of rules per security group has been reached.',
      ),
    },
    'answer-lost': { during: losing('CreateSecurityGroup') },
    'after-a-lost-answer': {
      before: (stage: Stage) => stage.call(stage.here, losing('CreateSecurityGroup')),
    },
  },
};

const ensureInstance = {
  at: 'Ensure database',
  cases: {
    'from-nothing': {},
    'still-creating': { before: steps(called, minutes(5)) },
    'available-already': { before: passed },
    'existing-instance': { request: existing },
    'created-in-the-directory': {
      before: async (stage: Stage) => {
        for (const state of ['Keep the Admin password', 'Ensure directory']) await stage.pass(state);
      },
      event: (stage: Stage, event: JsonObject) => ({
        ...event,
        directoryId: stage.world.directories.all[0]?.directoryId ?? null,
      }),
    },
    'differs-from-the-request': {
      before: passed,
      event: having({ 'database.instanceClass': 'db.r6i.large' }),
    },
    'storage-is-full': { before: steps(passed, is('storage-full')) },
    'too-many-instances': {
      during: refusing('CreateDBInstance', 'InstanceQuotaExceeded', 'DB Instance quota exceeded'),
    },
    'existing-one-is-gone': { request: existing, before: gone },
    'created-at-the-same-moment': { during: meanwhile('CreateDBInstance', called) },
    'answer-lost': { during: losing('CreateDBInstance') },
    'after-a-lost-answer': { before: (stage: Stage) => stage.call(stage.here, losing('CreateDBInstance')) },
  },
};

const joinsAnother = (stage: Stage): void => {
  instanceOf(stage).membership = {
    directoryId: 'd-0fedcba987',
    domainName: 'other.example.com',
    roleName: 'theirs',
    status: 'joined',
    inEffect: true,
  };
};

const cannotJoin = async (stage: Stage): Promise<void> => {
  applyBreak(stage.world, 'role');
  await stage.minutes(12);
};

const failedToJoin = async (stage: Stage): Promise<void> => {
  await stage.call();
  await cannotJoin(stage);
  mendBreak(stage.world, 'role');
  await stage.minutes(1);
};

const joinDomain = {
  at: 'Join database',
  cases: {
    'from-nothing': {},
    'joining-already': { before: steps(called, minutes(2)) },
    'joined-already': { before: steps(called, minutes(12)) },
    'existing-instance': { request: existing },
    'owner-has-not-agreed': { request: existing, event: having({ 'database.allowInterruption': false }) },
    'member-of-another-directory': { before: joinsAnother },
    'role-is-not-usable-yet': {
      during: refusing(
        'ModifyDBInstance',
        'InvalidParameterCombination',
        'IAM role provided is not valid, please check that the role exists and has the correct policies',
      ),
    },
    'instance-is-busy': { during: busy('ModifyDBInstance') },
    'asked-again-after-a-failure': { before: failedToJoin },
    'ends-with-the-failure-of-the-join': {
      event: having({
        failure: { error: 'DomainJoinFailed', cause: '{"errorMessage":"It could not join."}' },
      }),
    },
    'instance-is-gone': { before: gone },
    'answer-lost': { during: losing('ModifyDBInstance') },
    'after-a-lost-answer': {
      before: steps((stage) => stage.call(stage.here, losing('ModifyDBInstance')), minutes(1)),
    },
  },
};

const awaitMembership = {
  at: 'Await membership',
  cases: {
    'still-joining': { before: minutes(1) },
    'reboots-once-it-has-joined': { before: minutes(12) },
    'still-rebooting': { before: steps(minutes(12), called) },
    joined: { before: passed },
    'joined-by-somebody-else': { before: minutes(12), event: having({ 'owner.requestId': 'theirs' }) },
    'could-not-join': { before: cannotJoin },
    'owner-has-not-agreed-to-a-reboot': {
      request: existing,
      before: minutes(12),
      event: having({ 'database.allowInterruption': false }),
    },
    'member-of-another-directory': { before: joinsAnother },
    'answer-lost': { before: minutes(12), during: losing('RebootDBInstance') },
    'after-a-lost-answer': {
      before: steps(minutes(12), (stage) => stage.call(stage.here, losing('RebootDBInstance')), minutes(5)),
    },
  },
};

const lost = ({ world }: Stage): void => applyBreak(world, 'trust-password');

const verified = (minutesAgo: number) => (stage: Stage, event: JsonObject) => ({
  ...event,
  verifiedAt: new Date(stage.world.clock.now() - minutesAgo * 60_000).toISOString(),
});

const createWindowsLogins = {
  at: 'Create Windows logins',
  cases: {
    'from-nothing': {},
    'there-already': { before: called },
    'lacking-a-role': {
      before: async (stage: Stage) => {
        const { logins: _, ...event } = await stage.event();
        const logins = [{ name: 'CORP\\DBAdmins', serverRoles: ['setupadmin'] }];
        await stage.account.invoke('create-windows-logins', { ...event, logins });
      },
    },
    'name-not-found-yet': { before: lost, event: verified(3) },
    'name-not-found-for-long': { before: lost, event: verified(30) },
    'role-that-rds-does-not-give': {
      event: having({ logins: [{ name: 'CORP\\DBAdmins', serverRoles: ['sysadmin'] }] }),
    },
    'database-is-rebooting': { before: is('rebooting') },
    'secret-is-gone': {
      before: ({ world: { secrets } }: Stage) => {
        for (const secret of secrets.all) secrets.remove(secret);
      },
    },
  },
};

const protectInstance = {
  at: 'Protect database',
  cases: {
    'from-nothing': {},
    'protected-already': { before: called },
    'existing-instance': { request: existing },
    'made-by-somebody-else': { event: having({ 'owner.requestId': 'theirs' }) },
    'instance-is-busy': { during: busy('ModifyDBInstance') },
    'instance-is-gone': { before: gone },
    'answer-lost': { during: losing('ModifyDBInstance') },
    'after-a-lost-answer': { before: (stage: Stage) => stage.call(stage.here, losing('ModifyDBInstance')) },
  },
};

export const database: SubjectCases = {
  'ensure-network': ensureNetwork,
  'ensure-instance': ensureInstance,
  'join-domain': joinDomain,
  'await-membership': awaitMembership,
  'create-windows-logins': createWindowsLogins,
  'protect-instance': protectInstance,
};
