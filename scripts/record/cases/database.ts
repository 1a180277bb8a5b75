import type { JsonObject } from '../../../simulator/states/data/json.ts';
import type { SubjectCases } from '../case.ts';
import { losing, meanwhile, refusing } from '../mishaps.ts';
import type { Stage } from '../stage.ts';
import { busy, existing, gone, is } from './instances.ts';
import { called, claimedFor, having, minutes, passed, steps } from './preparations.ts';

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

const protectInstance = {
  at: 'Protect database',
  cases: {
    'from-nothing': {},
    'protected-already': { before: called },
    'not-asked-for': { event: having({ 'database.deletionProtection': false }) },
    'existing-instance': { request: existing },
    'made-by-somebody-else': {
      before: claimedFor('theirs'),
      event: having({ 'owner.requestId': 'theirs' }),
    },
    'instance-is-busy': { during: busy('ModifyDBInstance') },
    'instance-is-gone': { before: gone },
    'answer-lost': { during: losing('ModifyDBInstance') },
    'after-a-lost-answer': { before: (stage: Stage) => stage.call(stage.here, losing('ModifyDBInstance')) },
  },
};

export const database: SubjectCases = {
  'ensure-network': ensureNetwork,
  'ensure-instance': ensureInstance,
  'protect-instance': protectInstance,
};
