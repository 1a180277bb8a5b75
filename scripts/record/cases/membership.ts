import type { JsonObject } from '../../../simulator/states/data/json.ts';
import { applyBreak, mendBreak } from '../../../simulator/world/breaks.ts';
import type { SubjectCases } from '../case.ts';
import { losing, losingStatement, refusing } from '../mishaps.ts';
import type { Stage } from '../stage.ts';
import { busy, existing, gone, is, joinsAnother } from './instances.ts';
import { called, claimedFor, having, minutes, passed, steps } from './preparations.ts';

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

const notAsked = async (stage: Stage): Promise<void> => {
  await stage.minutes(12);
  for (const instance of stage.world.databases.all) instance.membership = null;
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
    joined: { before: steps(passed, minutes(5)) },
    'joined-by-somebody-else': {
      before: steps(minutes(12), claimedFor('theirs')),
      event: having({ 'owner.requestId': 'theirs' }),
    },
    'could-not-join': { before: cannotJoin },
    'owner-has-not-agreed-to-the-join': {
      request: existing,
      before: notAsked,
      event: having({ 'database.allowInterruption': false }),
    },
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

const since = '2026-01-05T08:00:00.000Z';

const enterLogins = {
  at: 'Enter Windows logins',
  cases: {
    'from-nothing': {},
    'entered-already': { before: called },
    'ends-with-the-failure-of-the-server': {
      event: having({
        failure: {
          error: 'LoginFailed',
          cause: '{"errorType":"LoginFailed","errorMessage":"The name is not known."}',
        },
      }),
    },
    'answer-lost': { during: losing('PutItem') },
    'after-a-lost-answer': { before: (stage: Stage) => stage.call(stage.here, losing('PutItem')) },
  },
};

const createWindowsLogins = {
  at: 'Create Windows logins',
  cases: {
    'from-nothing': {},
    'there-already': { before: called },
    'lacking-a-role': {
      before: async (stage: Stage) => {
        const { logins: _, ...event } = await stage.event();
        const logins = [{ name: 'CORP\\DBAdmins', serverRoles: ['setupadmin'], since }];
        await stage.account.invoke('create-windows-logins', { ...event, logins });
      },
    },
    'name-not-found-yet': { before: lost, event: verified(3) },
    'name-not-found-for-long': { before: lost, event: verified(30) },
    'role-that-rds-does-not-give': {
      event: having({ logins: [{ name: 'CORP\\DBAdmins', serverRoles: ['sysadmin'], since }] }),
    },
    'answer-lost': { before: losingStatement('CREATE LOGIN') },
    'after-a-lost-answer': { before: steps(losingStatement('CREATE LOGIN'), called) },
    'database-is-rebooting': { before: is('rebooting') },
    'secret-is-gone': {
      before: ({ world: { secrets } }: Stage) => {
        for (const secret of secrets.all) secrets.remove(secret);
      },
    },
  },
};

export const membership: SubjectCases = {
  'join-domain': joinDomain,
  'await-membership': awaitMembership,
  'enter-logins': enterLogins,
  'create-windows-logins': createWindowsLogins,
};
