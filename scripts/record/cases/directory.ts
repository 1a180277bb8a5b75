import type { SubjectCases } from '../case.ts';
import { answering, doubling, losing, refusing } from '../mishaps.ts';
import type { Stage } from '../stage.ts';
import { called, having, minutes, passed, placeDirectory, steps } from './preparations.ts';

const busy = refusing('AddIpRoutes', 'DirectoryUnavailableException', 'The directory is not available.');

/** So many directories fail in their first minutes. */
const failing =
  (count: number) =>
  ({ world }: Stage): void => {
    world.directories.failures = count;
  };

const confirmed = (stage: Stage): Promise<void> => stage.pass('Confirm superfluous directory');
const removed = (stage: Stage): Promise<void> => stage.pass('Remove superfluous directory');

const ensureDirectory = {
  at: 'Ensure directory',
  cases: {
    'from-nothing': {},
    'still-creating': { before: steps(called, minutes(10)) },
    'active-already': { before: passed },
    adopted: { request: 'adopted-directory' },
    'directory-of-somebody-else': { before: (stage: Stage) => void placeDirectory(stage) },
    'differs-from-the-request': { before: passed, event: having({ 'directory.edition': 'Enterprise' }) },
    'failed-in-its-first-minutes': {
      first: failing(1),
      before: steps(called, minutes(10)),
    },
    'failed-a-second-time': {
      first: failing(2),
      before: steps(called, minutes(10), called, confirmed, removed, called, minutes(10)),
    },
    'made-twice': { before: (stage: Stage) => stage.call(stage.here, doubling('CreateMicrosoftAD')) },
    'adopted-one-is-gone': {
      request: 'adopted-directory',
      before: ({ world }: Stage) => void world.directories.all.splice(0),
    },
    'answer-lost': { during: losing('CreateMicrosoftAD') },
    'after-a-lost-answer': { before: (stage: Stage) => stage.call(stage.here, losing('CreateMicrosoftAD')) },
    'too-many-directories': {
      during: refusing(
        'CreateMicrosoftAD',
        'DirectoryLimitExceededException',
        'The limit of 20 directories has been reached.',
      ),
    },
  },
};

const ensured = (stage: Stage): Promise<void> => stage.call('Ensure directory');
const doubled = (stage: Stage): Promise<void> =>
  stage.call('Ensure directory', doubling('CreateMicrosoftAD'));

/** Somebody's directory of that name, with the tag of one that was created for the request. */
const placeOlder = (stage: Stage): void => {
  const directory = placeDirectory(stage, { tags: new Map([['forestbridge:created-for', 'orders']]) });
  Object.assign(directory, { launchedAt: directory.launchedAt - 3_600_000 });
};

const confirmDirectory = {
  at: 'Confirm superfluous directory',
  cases: {
    adopted: { request: 'adopted-directory' },
    'nothing-made': {},
    'created-just-now': { before: ensured },
    'confirmed-already': { before: steps(ensured, passed) },
    'made-twice': { before: doubled },
    'to-be-used': { at: 'Confirm directory' },
    'to-be-used-and-confirmed': { at: 'Confirm directory', before: called },
    'to-be-used-without-its-tags': {
      at: 'Confirm directory',
      before: ({ world }: Stage) => {
        for (const { tags } of world.directories.all) tags.clear();
      },
    },
    'there-before-it-was-asked-for': { before: steps(ensured, placeOlder) },
    'not-allowed-yet': {
      before: ensured,
      during: refusing(
        'AddTagsToResource',
        'AccessDeniedException',
        'User: arn:aws:sts::111122223333:assumed-role/forestbridge-confirm-directory/confirm-directory is not authorized to perform: ds:AddTagsToResource.',
      ),
    },
    'answer-lost': { before: ensured, during: losing('AddTagsToResource') },
    'after-a-lost-answer': {
      before: steps(ensured, (stage: Stage) => stage.call(stage.here, losing('AddTagsToResource'))),
    },
  },
};

const failedOnce = {
  first: failing(1),
  before: steps(ensured, minutes(10), ensured, confirmed),
};

const removeDirectory = {
  at: 'Remove superfluous directory',
  cases: {
    'failed-in-its-first-minutes': failedOnce,
    'being-deleted': { ...failedOnce, before: steps(failedOnce.before, called) },
    'gone-already': { ...failedOnce, before: steps(failedOnce.before, passed) },
    'nothing-made': {},
    'nothing-superfluous': { before: ensured },
    'made-twice': { before: steps(doubled, confirmed) },
    'answer-lost': { ...failedOnce, during: losing('DeleteDirectory') },
    'after-a-lost-answer': {
      ...failedOnce,
      before: steps(failedOnce.before, (stage) => stage.call(stage.here, losing('DeleteDirectory'))),
    },
    'in-use': {
      ...failedOnce,
      during: refusing(
        'DeleteDirectory',
        'ClientException',
        'Cannot delete the directory because it still has authorized applications.',
      ),
    },
  },
};

const full = refusing(
  'AuthorizeSecurityGroupEgress',
  'RulesPerSecurityGroupLimitExceeded',
  'The maximum number of rules per security group has been reached.',
);

const groupOf = ({ world }: Stage): string => world.directories.all[0]?.securityGroupId ?? '';

/** One of the rules that are wanted, made by somebody else. */
const openOne = (stage: Stage): void => {
  const rule = {
    egress: true,
    protocol: 'tcp',
    fromPort: 88,
    toPort: 88,
    peer: '10.20.0.0/16',
    description: null,
  };
  stage.world.network.addRules(groupOf(stage), [rule]);
};

const openDirectoryTraffic = {
  at: 'Open directory traffic',
  cases: {
    'from-nothing': {},
    'open-already': { before: called },
    'partly-open': { before: openOne },
    'no-room-for-rules': { during: full },
    'group-is-gone': {
      before: (stage: Stage) => stage.world.network.removeSecurityGroup(groupOf(stage)),
    },
    'answer-lost': { during: losing('AuthorizeSecurityGroupEgress') },
    'after-a-lost-answer': {
      before: (stage: Stage) => stage.call(stage.here, losing('AuthorizeSecurityGroupEgress')),
    },
  },
};

const route = (IpRouteStatusMsg: string, IpRouteStatusReason?: string) => ({
  CidrIp: '203.0.113.0/24',
  IpRouteStatusMsg,
  ...(IpRouteStatusReason === undefined ? {} : { IpRouteStatusReason }),
});

const routePublicAddresses = {
  at: 'Route public addresses',
  cases: {
    'private-addresses': {},
    'from-nothing': { request: 'public-dns-addresses' },
    'still-adding': { request: 'public-dns-addresses', before: called },
    'added-already': { request: 'public-dns-addresses', before: passed },
    'could-not-be-added': {
      request: 'public-dns-addresses',
      during: answering('ListIpRoutes', {
        IpRoutesInfo: [
          route('AddFailed', 'An internal error has occurred.'),
          { CidrIp: '198.51.100.0/24', IpRouteStatusMsg: 'Added' },
        ],
      }),
    },
    'directory-is-busy': { request: 'public-dns-addresses', during: busy },
    'no-room-for-routes': {
      request: 'public-dns-addresses',
      during: refusing(
        'AddIpRoutes',
        'IpRouteLimitExceededException',
        'The maximum allowed number of IP addresses was exceeded.',
      ),
    },
    'answer-lost': { request: 'public-dns-addresses', during: losing('AddIpRoutes') },
    'after-a-lost-answer': {
      request: 'public-dns-addresses',
      before: (stage: Stage) => stage.call(stage.here, losing('AddIpRoutes')),
    },
  },
};

export const directory: SubjectCases = {
  'ensure-directory': ensureDirectory,
  'confirm-directory': confirmDirectory,
  'remove-directory': removeDirectory,
  'open-directory-traffic': openDirectoryTraffic,
  'route-public-addresses': routePublicAddresses,
};
