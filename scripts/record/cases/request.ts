import { applyBreak } from '../../../simulator/world/breaks.ts';
import type { SubjectCases } from '../case.ts';
import { losing, meanwhile, refusing } from '../mishaps.ts';
import type { Stage } from '../stage.ts';
import { called, claimedByAnother, having, passed, placeDirectory, steps } from './preparations.ts';

const validateRequest = {
  at: 'Validate request',
  cases: {
    accepted: {},
    'accepted-existing-instance': { request: 'existing-instance' },
    'accepted-adopted-directory': { request: 'adopted-directory' },
    'every-problem-at-once': {
      event: having({
        'request.requestId': 'orders; rm',
        'request.onPremises.networks': ['0.0.0.0/0'],
        'request.trust.type': 'Realm',
        'request.database.windowsLogins': [{ name: 'orders@corp.example.com', serverRoles: ['sysadmin'] }],
        'request.surprise': true,
      }),
    },
    'database-behind-an-incoming-trust': {
      event: having({ 'request.trust.direction': 'One-Way: Incoming' }),
    },
    'outside-the-connections': { event: having({ 'request.directory.vpcId': 'vpc-0fedcba9876543210' }) },
  },
};

const othersEnd = ({ account }: Stage): void =>
  account.account.executions.all.forEach((execution) => execution.stop(undefined, undefined));

const claimRequest = {
  at: 'Claim request',
  cases: {
    'from-nothing': {},
    'claimed-already': { before: called },
    'holder-has-ended': { before: steps(claimedByAnother, othersEnd) },
    'holder-is-running': { before: claimedByAnother },
    'claimed-at-the-same-moment': { during: meanwhile('PutItem', claimedByAnother) },
    'request-of-somebody-else': {
      before: (stage: Stage) => stage.upTo('Open directory traffic'),
      event: having({ 'request.directory.name': 'cloud.example.com' }),
    },
    'answer-lost': { during: losing('PutItem') },
    'after-a-lost-answer': { before: (stage: Stage) => stage.call(stage.here, losing('PutItem')) },
  },
};

const checkAccount = {
  at: 'Check account',
  cases: {
    ready: {},
    'ready-with-an-existing-instance': { request: 'existing-instance' },
    'ready-with-an-adopted-directory': { request: 'adopted-directory' },
    'directory-made-before': {
      before: (stage: Stage) => stage.upTo('Open directory traffic'),
    },
    'not-ready': {
      first: ({ world }: Stage) => {
        applyBreak(world, 'domain-controller');
        applyBreak(world, 'role');
      },
    },
    'instance-shut-in': {
      request: 'existing-instance',
      first: ({ world: { network, databases } }: Stage) => {
        const [{ vpcId, subnetIds } = { vpcId: '', subnetIds: [] }] = databases.subnetGroups.values();
        network.addNetworkAcl(vpcId, subnetIds, []);
      },
    },
    'directory-of-somebody-else': { first: (stage: Stage) => void placeDirectory(stage) },
    'call-denied': {
      during: refusing(
        'DescribeSubnets',
        'UnauthorizedOperation',
        'You are not authorized to perform this operation.',
        403,
      ),
    },
  },
};

const trustSecret = having({ secret: 'trust', renew: true });
const admin = 'forestbridge/orders/directory-admin';

const keepSecrets = {
  at: 'Keep the Admin password',
  cases: {
    'from-nothing': {},
    'kept-already': { before: called },
    'renewed-for-a-repair': { at: 'Keep the trust password', before: passed, event: trustSecret },
    'restored-with-a-new-value': {
      before: async (stage: Stage) => {
        await stage.call();
        const secret = stage.world.secrets.find(admin);
        if (secret !== undefined) stage.world.secrets.scheduleDeletion(secret, 7);
      },
    },
    'secret-of-somebody-else': {
      before: ({ world }: Stage) =>
        void world.secrets.create({ name: admin }, '{"password":"Somebody-elses-1"}'),
    },
    'not-shown-yet': {
      during: refusing(
        'CreateSecret',
        'ResourceExistsException',
        `The operation failed because the secret ${admin} already exists.`,
      ),
    },
    'answer-lost': { during: losing('CreateSecret') },
    'after-a-lost-answer': { before: (stage: Stage) => stage.call(stage.here, losing('CreateSecret')) },
    'too-many-secrets': {
      during: refusing('CreateSecret', 'LimitExceededException', 'The quota of secrets has been reached.'),
    },
  },
};

export const request: SubjectCases = {
  'validate-request': validateRequest,
  'claim-request': claimRequest,
  'check-account': checkAccount,
  'keep-secrets': keepSecrets,
};
