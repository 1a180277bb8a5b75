import { applyBreak } from '../../../simulator/world/breaks.ts';
import type { SubjectCases } from '../case.ts';
import { answering, losing, refusing } from '../mishaps.ts';
import type { Stage } from '../stage.ts';
import { called, having, seconds } from './preparations.ts';

const failure = {
  error: 'CommandFailed',
  cause: '{"errorType":"CommandFailed","errorMessage":"It failed."}',
};

const sendCommand = {
  at: 'Check domain controller again',
  cases: {
    'from-nothing': {},
    'sent-already': { before: called },
    'enters-what-it-makes': { at: 'Forward DNS on premises' },
    'hands-over-the-arn-of-a-secret': { at: 'Create trust on premises' },
    'ends-with-the-failure-of-the-command': { event: having({ failure }) },
    'node-is-unknown': {
      before: ({ world }: Stage) => void world.forests[0]?.domainControllers.splice(0),
    },
    'other-documents-are-deployed': {
      before: ({ world: { commands } }: Stage) => {
        for (const [name, document] of commands.documents)
          commands.documents.set(name, { ...document, hash: 'another' });
      },
    },
    'answer-lost': { during: losing('SendCommand') },
    'after-a-lost-answer': { before: (stage: Stage) => stage.call(stage.here, losing('SendCommand')) },
  },
};

const ended = seconds(30);
const downFor = (minutes: number) => async (stage: Stage) => {
  applyBreak(stage.world, 'domain-controller');
  await stage.minutes(minutes);
};

const awaitCommand = {
  at: 'Hear from the domain controller again',
  cases: {
    'unknown-yet': {},
    'still-running': { before: seconds(5) },
    'ready-for-the-trust': { before: ended },
    'not-ready-for-the-trust': {
      first: ({ world }: Stage) => {
        applyBreak(world, 'port-445');
        applyBreak(world, 'clock');
      },
      before: ended,
    },
    'forwarder-made': { at: 'Await forwarder on premises', before: ended },
    'forwarder-of-somebody-else': {
      at: 'Await forwarder on premises',
      first: ({ world, request }: Stage) =>
        void world.forests[0]?.forwarders.set(request.directory.name ?? '', ['10.20.0.99']),
      before: ended,
    },
    'half-made': { at: 'Await trust on premises', before: ended },
    'half-could-not-be-made': {
      at: 'Await trust on premises',
      first: ({ world }: Stage) => applyBreak(world, 'forwarder-on-premises'),
      before: ended,
    },
    'half-confirmed': { at: 'Await confirmation on premises', before: ended },
    'node-is-down': { before: downFor(2) },
    'was-not-delivered-in-time': { before: downFor(120) },
    'was-cancelled': {
      before: ended,
      during: answering('GetCommandInvocation', {
        Status: 'Cancelled',
        StatusDetails: 'Cancelled',
        ResponseCode: -1,
        StandardOutputContent: '',
        StandardErrorContent: '',
      }),
    },
    throttled: {
      before: ended,
      during: refusing('GetCommandInvocation', 'ThrottlingException', 'Rate exceeded'),
    },
  },
};

export const domainController: SubjectCases = {
  'send-command': sendCommand,
  'await-command': awaitCommand,
};
