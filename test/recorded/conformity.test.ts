import { describe, expect, it } from 'vitest';
import { readRecorded } from '../../scripts/record/conformity.ts';
import { RecordedFolder } from '../../scripts/record/files.ts';
import { operationOf } from '../../scripts/record/services.ts';

const folder = new RecordedFolder();

/** What is wrong with the inputs and outputs of a recording, by the SDK's schemas. */
const problemsOf = async (path: string): Promise<readonly string[]> =>
  (await folder.read(path)).calls.flatMap((call) => {
    const { input, output } = operationOf(call);
    try {
      readRecorded(input, call.input);
      if ('output' in call) readRecorded(output, call.output);
      return [];
    } catch (error) {
      return [`${path}, ${call.service} ${call.operation}: ${String(error)}`];
    }
  });

const trusts = operationOf({ service: 'ds', operation: 'DescribeTrusts' }).output;
const createTrust = operationOf({ service: 'ds', operation: 'CreateTrust' }).input;

describe('what is recorded of AWS', () => {
  it('is what the schemas of the SDK allow, input and output', async () => {
    const problems = await Promise.all((await folder.paths()).map(problemsOf));

    expect(problems.flat()).toEqual([]);
  });

  it.each([
    [
      'a member that the schema does not know',
      { Trusts: [{ TrustID: 't-0123456789' }] },
      /Trusts\.0\.TrustID/,
    ],
    ['a list where a structure is meant', { Trusts: [[]] }, /Trusts\.0 must be a structure/],
    ['a structure where a list is meant', { Trusts: {} }, /Trusts must be a list/],
    ['a number where a text is meant', { NextToken: 1 }, /NextToken must be a string/],
    ['nothing where a text is meant', { NextToken: null }, /NextToken/],
    [
      'a time that is none',
      { Trusts: [{ CreatedDateTime: 'today' }] },
      /CreatedDateTime must be a point in time/,
    ],
    ['a time in another form', { Trusts: [{ CreatedDateTime: 1_700_000_000 }] }, /CreatedDateTime/],
  ])('is refused with %s', (_what, output, message) => {
    expect(() => readRecorded(trusts, output)).toThrow(message);
  });

  it('is refused without a member that is required', () => {
    expect(() => readRecorded(createTrust, { DirectoryId: 'd-0123456789' })).toThrow(
      /RemoteDomainName, TrustPassword, TrustDirection/,
    );
  });

  it('is read as the SDK gives it', () => {
    const time = '2026-01-05T08:00:00.000Z';

    expect(readRecorded(trusts, { Trusts: [{ CreatedDateTime: time }] })).toEqual({
      Trusts: [{ CreatedDateTime: new Date(time) }],
    });
  });
});
