import { answering, losing, refusing } from '../mishaps.ts';
import type { Stage } from '../stage.ts';
import { called, passed } from './preparations.ts';

const busy = refusing('AddIpRoutes', 'DirectoryUnavailableException', 'The directory is not available.');

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

export const openDirectoryTraffic = {
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

export const routePublicAddresses = {
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
