import { describe, expect, it } from 'vitest';
import { RecordedFolder } from '../../scripts/record/files.ts';
import type { Recording } from '../../scripts/record/recording.ts';
import { replay } from '../support/replay.ts';

const folder = new RecordedFolder();
const directory = await folder.read('directory/ensure-directory/from-nothing');
const logins = await folder.read('database/create-windows-logins/from-nothing');

const changed = (recording: Recording, change: (copy: Recording) => unknown): Recording => {
  const copy = structuredClone(recording);
  change(copy);
  return copy;
};

const calls: readonly (readonly [string, (copy: Recording) => unknown, RegExp])[] = [
  ['the first call is left out', ({ calls }) => calls.shift(), /^The call \d, \w+ \w+, (came|has)/],
  [
    'the last call is left out',
    ({ calls }) => calls.pop(),
    /^The call \d, dynamodb UpdateItem, was not recorded\.$/,
  ],
  [
    'a call is recorded that does not come',
    ({ calls }) => calls.push({ service: 'ds', operation: 'VerifyTrust', input: {}, output: {} }),
    /^Recorded after call \d, and did not come: ds VerifyTrust\.$/,
  ],
  [
    'two calls come in another order',
    ({ calls }) => calls.splice(0, calls.length, ...calls.toReversed()),
    /^The call 1, ds DescribeDirectories, came instead of the recorded dynamodb UpdateItem\.$/,
  ],
  [
    'an input has another value',
    ({ calls }) => {
      for (const call of calls)
        if (call.operation === 'CreateMicrosoftAD')
          call.input = { ...Object.fromEntries(Object.entries(call.input ?? {})), Edition: 'Enterprise' };
    },
    /^The call \d, ds CreateMicrosoftAD, has Edition: "Standard" instead of "Enterprise"\.$/,
  ],
  [
    'an input lacks a value',
    ({ calls }) => {
      for (const call of calls) if (call.operation === 'CreateMicrosoftAD') call.input = {};
    },
    /has Name: "aws\.example\.com" instead of nothing; /,
  ],
  [
    'AWS answers otherwise',
    ({ calls }) => {
      for (const call of calls)
        if (call.operation === 'CreateMicrosoftAD' && 'output' in call)
          call.output = { DirectoryId: 'd-0123456789' };
    },
    /^The call \d, dynamodb UpdateItem, has .*"d-0123456789" instead of "d-/,
  ],
  [
    'it ended with another error',
    (copy) => {
      copy.error = { name: 'Conflict', message: copy.error?.message ?? '' };
    },
    /^It ended otherwise: error\.name: "NotReady" instead of "Conflict"\.$/,
  ],
  [
    'it gave something back',
    (copy) => {
      delete copy.error;
      copy.result = {};
    },
    /^It ended otherwise: result: nothing instead of \{\}/,
  ],
];

describe('a replay fails where', () => {
  it.each(calls)('%s', async (_what, change, message) => {
    await expect(replay('ensure-directory', changed(directory, change))).rejects.toThrow(message);
  });

  it.each([
    [
      'a statement is left out',
      ({ statements }: Recording) => statements?.pop(),
      /^The statement 6, .* was not recorded\.$/s,
    ],
    [
      'a statement is recorded that does not come',
      ({ statements }: Recording) => statements?.push({ sql: 'SELECT 1' }),
      /^Recorded after statement 6, and did not come: SELECT 1\.$/,
    ],
    [
      'a statement reads otherwise',
      ({ statements }: Recording) => statements?.splice(1, 1, { sql: 'CREATE LOGIN [sa] FROM WINDOWS' }),
      /^The statement 2, CREATE LOGIN \[CORP\\DBAdmins\] .* came instead of the recorded CREATE LOGIN \[sa\]/,
    ],
    [
      'the database answers otherwise',
      ({ statements }: Recording) =>
        statements?.splice(1, 1, { sql: statements[1]?.sql ?? '', error: { number: 15401, message: 'No.' } }),
      /^Recorded after statement 2, and did not come: /,
    ],
    [
      'it connects to another host',
      (copy: Recording) => {
        copy.connection = { host: 'archive.example.com', port: 1433 };
      },
      /^The connection to orders\..*:1433 was not recorded\.$/,
    ],
  ])('%s', async (_what, change, message) => {
    await expect(replay('create-windows-logins', changed(logins, change))).rejects.toThrow(message);
  });
});
