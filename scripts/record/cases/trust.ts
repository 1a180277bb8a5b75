import type { JsonObject } from '../../../simulator/states/data/json.ts';
import { applyBreak } from '../../../simulator/world/breaks.ts';
import type { SubjectCases } from '../case.ts';
import { losing, meanwhile } from '../mishaps.ts';
import type { Stage } from '../stage.ts';
import { called, having, passed, seconds, steps } from './preparations.ts';
import { directoryOf, placeTrust, set, unavailable } from './trusts.ts';

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
    'overtaken-by-another-execution': {
      event: having({
        'owner.execution':
          'arn:aws:states:eu-central-1:111122223333:execution:forestbridge-provision:orders-20260104T080000',
      }),
    },
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

export const trust: SubjectCases = {
  'forward-dns': forwardDns,
  'plan-trust': planTrust,
  'ensure-trust': ensureTrust,
};
