import type { JsonObject } from '../../../simulator/states/data/json.ts';
import { applyBreak } from '../../../simulator/world/breaks.ts';
import type { Directory, Trust, TrustState } from '../../../simulator/world/directories.ts';
import type { SubjectCases } from '../case.ts';
import { losing, meanwhile, refusing } from '../mishaps.ts';
import type { Stage } from '../stage.ts';
import { called, having, passed, seconds, steps } from './preparations.ts';

const directoryOf = ({ world }: Stage): Directory => {
  const [directory] = world.directories.all;
  if (directory === undefined) throw new RangeError('The world has no directory yet.');
  return directory;
};

const unavailable = (operation: string) =>
  refusing(operation, 'DirectoryUnavailableException', 'The specified directory is unavailable.');

/** A trust with the company that Forestbridge did not make. */
const placeTrust = (stage: Stage, difference: Partial<Trust> = {}): void => {
  const now = stage.world.clock.now();
  directoryOf(stage).trusts.push({
    trustId: 't-0fedcba987',
    remoteDomainName: stage.request.onPremises.domainName,
    direction: 'One-Way: Outgoing',
    type: 'Forest',
    createdAt: now,
    changedAt: now,
    selectiveAuthentication: false,
    password: 'Somebody-elses-1',
    state: 'Verified',
    reason: null,
    ...difference,
  });
};

const set =
  (state: TrustState, reason: string | null = null) =>
  (stage: Stage) => {
    for (const trust of directoryOf(stage).trusts) {
      trust.state = state;
      trust.reason = reason;
      trust.changedAt = stage.world.clock.now();
    }
  };

const isGone = (stage: Stage): void => void directoryOf(stage).trusts.splice(0);

const forwardTo =
  (...addresses: string[]) =>
  (stage: Stage) =>
    stage.world.trusts.forward(directoryOf(stage), stage.request.onPremises.domainName, addresses);

const forwardDns = {
  at: 'Forward DNS in AWS',
  cases: {
    'from-nothing': {},
    'forwarded-already': { before: called },
    'forwarded-by-somebody-else': { before: forwardTo('10.20.0.11', '10.20.0.10') },
    'forwarded-elsewhere-by-somebody-else': { before: forwardTo('10.20.0.99') },
    'forwarded-elsewhere-before': { before: steps(called, forwardTo('10.20.0.99')) },
    'directory-is-busy': { during: unavailable('CreateConditionalForwarder') },
    'forwarded-at-the-same-moment': {
      during: meanwhile('CreateConditionalForwarder', forwardTo('10.20.0.10', '10.20.0.11')),
    },
    'answer-lost': { during: losing('CreateConditionalForwarder') },
    'after-a-lost-answer': {
      before: (stage: Stage) => stage.call(stage.here, losing('CreateConditionalForwarder')),
    },
  },
};

/** The trust is complete, and another execution looks at it. */
const again = async (stage: Stage): Promise<void> => {
  for (const state of ['Keep the trust password', 'Create trust on premises', 'Await trust on premises'])
    await stage.pass(state);
};
const both = async (stage: Stage): Promise<void> => {
  await again(stage);
  for (const state of ['Ensure trust', 'Verify trust', 'Await verification']) await stage.pass(state);
};
const half = { direction: 'Inbound', type: 'Forest', selectiveAuthentication: false };

const planTrust = {
  at: 'Plan trust',
  cases: {
    'from-nothing': {},
    'both-halves-stand': { before: steps(passed, both), event: having({ half }) },
    'only-our-half-on-premises': { before: steps(passed, again), event: having({ half }) },
    'only-our-half-in-aws': { before: steps(passed, both) },
    'verification-failed': {
      before: steps(passed, both, set('VerifyFailed', 'Access is denied')),
      event: having({ half }),
    },
    'still-verifying': { before: steps(passed, both, set('Verifying')), event: having({ half }) },
    'half-of-somebody-else': { before: (stage: Stage) => placeTrust(stage) },
    'other-direction': { before: (stage: Stage) => placeTrust(stage, { direction: 'Two-Way' }) },
  },
};

const ensureTrust = {
  at: 'Ensure trust',
  cases: {
    'from-nothing': {},
    'still-creating': { before: steps(called, seconds(10)) },
    'created-already': { before: steps(called, seconds(70)) },
    'kept-as-it-is': {
      before: passed,
      event: (stage: Stage, event: JsonObject) => ({
        ...event,
        plan: {
          onPremises: 'keep',
          inAws: 'keep',
          newPassword: false,
          trustId: directoryOf(stage).trusts[0]?.trustId ?? null,
        },
        trustSecretArn: null,
      }),
    },
    'to-be-made-anew': {
      before: passed,
      event: (stage: Stage, event: JsonObject) => ({
        ...event,
        plan: {
          onPremises: 'reset',
          inAws: 'recreate',
          newPassword: true,
          trustId: directoryOf(stage).trusts[0]?.trustId ?? null,
        },
      }),
    },
    'could-not-be-made': {
      first: ({ world }: Stage) => applyBreak(world, 'half-in-aws'),
      before: steps(called, seconds(70)),
    },
    'made-by-somebody-else': { before: (stage: Stage) => placeTrust(stage) },
    'secret-is-gone': {
      before: ({ world: { secrets } }: Stage) => {
        const secret = secrets.find('forestbridge/orders/trust');
        if (secret !== undefined) secrets.scheduleDeletion(secret, 7);
      },
    },
    'answer-lost': { during: losing('CreateTrust') },
    'after-a-lost-answer': { before: (stage: Stage) => stage.call(stage.here, losing('CreateTrust')) },
  },
};

const verifyTrust = {
  at: 'Verify trust',
  cases: {
    'asks-anew': { before: set('VerifyFailed', 'Access is denied') },
    'verified-already': { before: steps(called, seconds(60)) },
    'still-verifying': { before: set('Verifying') },
    'still-creating': { before: set('Creating') },
    'could-not-be-made': {
      before: set('Failed', 'The operation could not be performed on this domain'),
    },
    incoming: {
      request: 'incoming-without-database',
    },
    'trust-is-gone': { before: isGone },
    'answer-lost': { before: set('VerifyFailed'), during: losing('VerifyTrust') },
    'after-a-lost-answer': {
      before: steps(set('VerifyFailed'), (stage) => stage.call(stage.here, losing('VerifyTrust'))),
    },
  },
};

const notContacted =
  'The specified domain either does not exist or could not be contacted. Name: corp.example.com';

const awaitVerification = {
  at: 'Await verification',
  cases: {
    'still-verifying': { before: set('Verifying') },
    verified: { before: seconds(60) },
    'verdict-of-an-earlier-question': {
      before: set('VerifyFailed', notContacted),
      event: (stage: Stage, event: JsonObject) => ({
        ...event,
        askedAt: new Date(stage.world.clock.now() + 1000).toISOString(),
      }),
    },
    'could-not-be-contacted': { before: set('VerifyFailed', notContacted) },
    'access-denied': { before: set('VerifyFailed', 'Access is denied') },
    'trust-is-gone': { before: isGone },
  },
};

const deleted = ({ world: { secrets } }: Stage): void => {
  const secret = secrets.find('forestbridge/orders/trust');
  if (secret !== undefined) secrets.remove(secret);
};

const retireSecret = {
  at: 'Retire the trust password',
  cases: {
    'from-nothing': {},
    'retired-already': { before: called },
    'secret-is-gone': { before: deleted },
    'secret-of-somebody-else': {
      before: ({ world }: Stage) =>
        void world.secrets.create({ name: 'forestbridge/theirs/trust' }, '{"password":"Somebody-elses-1"}'),
      event: having({ 'owner.requestId': 'theirs' }),
    },
    'retired-at-the-same-moment': { during: meanwhile('DeleteSecret', deleted) },
    'answer-lost': { during: losing('DeleteSecret') },
    'after-a-lost-answer': { before: (stage: Stage) => stage.call(stage.here, losing('DeleteSecret')) },
  },
};

export const trust: SubjectCases = {
  'forward-dns': forwardDns,
  'plan-trust': planTrust,
  'ensure-trust': ensureTrust,
  'verify-trust': verifyTrust,
  'await-verification': awaitVerification,
  'retire-secret': retireSecret,
};
