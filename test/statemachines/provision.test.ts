import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { account, failing } from '../support/state-machines.ts';

const definition = readFileSync(new URL('../../statemachines/provision.asl.json', import.meta.url), 'utf8');

const request = {
  requestId: 'orders',
  directory: { directoryId: null, name: 'aws.example.com' },
  onPremises: {
    domainName: 'corp.example.com',
    shortName: 'CORP',
    domainController: { managedNodeId: 'mi-1' },
  },
  trust: { type: 'Forest' },
  database: { identifier: 'orders' },
  tags: {},
};
const directory = { directoryId: 'd-1', name: 'aws.example.com', dnsIpAddresses: ['10.0.0.1'] };
const existing = { existingDirectoryId: null, existingDirectoryActive: false, instanceExists: false };

it.each([
  ['a twin was removed', false, 0],
  ['the directory is made once more', true, 1215],
])('waits as long as nothing can be ready, and no longer, where %s', async (_, anew, pause) => {
  const { begin, calls } = account({
    '${ValidateRequest}': () => request,
    '${ClaimRequest}': () => ({}),
    '${CheckAccount}': () => ({ ...existing, directorySubnetIds: [], findings: [] }),
    '${SendCommand}': () => ({ commandId: 'c-1' }),
    '${AwaitCommand}': () => ({ findings: [] }),
    '${KeepSecrets}': () => ({ secretArn: 'arn' }),
    '${EnsureDirectory}': failing(['NotReady', 'RemovalDue', 'NotReady'], directory),
    '${ConfirmDirectory}': () => ({}),
    '${RemoveDirectory}': () => ({ anew }),
    '${EnsureNetwork}': () => ({}),
    '${EnsureInstance}': failing(['NotReady', 'NotReady', 'DatabaseFailed']),
    '${OpenDirectoryTraffic}': failing(Array(99).fill('NotReady')),
  });

  const execution = begin(definition);
  await execution.ended;

  const timesOf = (name: string) => calls.filter((call) => call.name === name).map(({ at }) => at);
  const [removed = 0] = timesOf('${RemoveDirectory}');
  expect(execution.standing.cause).toMatch(/DatabaseFailed happened/);
  expect(timesOf('${EnsureDirectory}')).toEqual([0, 1215, removed, removed + pause]);
  expect(timesOf('${EnsureInstance}')).toEqual([0, removed, removed + pause]);
});
