import type { JsonObject } from '../../../simulator/states/data/json.ts';
import type { SubjectCases } from '../case.ts';
import { losing, meanwhile } from '../mishaps.ts';
import type { Stage } from '../stage.ts';
import { called, claimedFor, having, seconds, steps } from './preparations.ts';
import { isGone, set } from './trusts.ts';

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
      before: steps(
        claimedFor('theirs'),
        ({ world }: Stage) =>
          void world.secrets.create({ name: 'forestbridge/theirs/trust' }, '{"password":"Somebody-elses-1"}'),
      ),
      event: having({ 'owner.requestId': 'theirs' }),
    },
    'retired-at-the-same-moment': { during: meanwhile('DeleteSecret', deleted) },
    'answer-lost': { during: losing('DeleteSecret') },
    'after-a-lost-answer': { before: (stage: Stage) => stage.call(stage.here, losing('DeleteSecret')) },
  },
};

export const verification: SubjectCases = {
  'verify-trust': verifyTrust,
  'await-verification': awaitVerification,
  'retire-secret': retireSecret,
};
