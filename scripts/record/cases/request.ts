import type { SubjectCases } from '../case.ts';
import { losing, meanwhile, refusing } from '../mishaps.ts';
import type { Stage } from '../stage.ts';
import { checkAccount } from './preflight.ts';
import { called, claimedByAnother, having, passed, steps } from './preparations.ts';

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
    'database-that-rds-does-not-run': {
      event: having({
        'request.database.engine': 'sqlserver-ex',
        'request.database.multiAz': true,
        'request.database.backupRetentionDays': 0,
        'request.database.storageType': 'io1',
        'request.database.allocatedStorage': 20,
      }),
    },
    'operations-that-gp2-does-not-take': {
      event: having({ 'request.database.storageType': 'gp2', 'request.database.iops': 3000 }),
    },
    'networks-that-do-not-fit': {
      event: having({
        'request.onPremises.networks': ['10.20.0.0/16', '10.21.0.0/16', '10.22.0.0/16', '10.23.0.0/16'],
      }),
    },
    'clients-that-do-not-fit': {
      event: having({
        'request.onPremises.clientNetworks': ['10.30.0.0/16', '10.31.0.0/16', '10.32.0.0/16', '10.33.0.0/16'],
      }),
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
    'product-did-not-ask': {
      event: having({ 'owner.requestId': 'pp-mycpuogt2i45s', 'request.requestId': 'pp-mycpuogt2i45s' }),
    },
    'answer-lost': { during: losing('PutItem') },
    'after-a-lost-answer': { before: (stage: Stage) => stage.call(stage.here, losing('PutItem')) },
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
