import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { DirectoryFailed, NotReady, stepErrorNames } from '../../functions/support/errors.ts';
import { lambdaHandler } from '../../functions/support/lambda.ts';
import { step } from '../../functions/support/step.ts';
import { lambdaContext } from '../support/lambda-context.ts';
import { type Resources, templateOf } from '../support/template.ts';

/** A pattern of CloudWatch Logs for JSON, of the one form in use: `{ ($.field = "text") && ... }`, `*` for any text. */
const filter = (pattern: string): ((line: string) => boolean) => {
  const [, inner = ''] = /^\{ (.*) \}$/.exec(pattern) ?? [];
  const terms = inner.split(' && ').map((term) => {
    const [, field = '', operator, value = ''] = /^\(\$\.(\w+) (=|!=) "([^"]*)"\)$/.exec(term) ?? [];
    if (operator === undefined) throw new Error(`${term} is of another form.`);
    // A field that is not there equals nothing, and differs from nothing either.
    return (fields: Readonly<Record<string, unknown>>): boolean => {
      const found = fields[field];
      if (typeof found !== 'string') return false;
      return (value === '*' || found === value) === (operator === '=');
    };
  });
  return (line) => {
    const fields = z.record(z.string(), z.unknown()).parse(JSON.parse(line));
    return terms.every((term) => term(fields));
  };
};

const failing = (error: Error | null) =>
  lambdaHandler(
    step({
      name: 'fail',
      input: z.object({}),
      output: z.object({}),
      settings: z.object({}),
      clients: () => ({}),
      fails: DirectoryFailed,
      async run() {
        if (error !== null) throw error;
        return {};
      },
    }),
    'file:///nowhere/index.mjs',
  );

const errorCalled = (name: string): Error => Object.assign(new Error('Something is wrong.'), { name });

describe('the metric of unknown errors', () => {
  const lines: string[] = [];
  beforeEach(() => {
    lines.length = 0;
    vi.stubEnv('POWERTOOLS_DEV', 'true');
    vi.stubEnv('POWERTOOLS_LOG_LEVEL', 'DEBUG');
    for (const level of ['info', 'error', 'debug'] as const)
      vi.spyOn(console, level).mockImplementation((line: unknown) => void lines.push(String(line)));
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  });

  let resources: Resources[string][];
  beforeAll(async () => {
    ({ resources } = await templateOf());
  });
  const filters = () =>
    resources.filter(({ Type }) => Type === 'AWS::Logs::MetricFilter').map(({ Properties }) => Properties);

  it('is counted in the log of every function, once a line', () => {
    const written = resources.filter(({ Type }) => Type === 'AWS::Lambda::Function');

    expect(filters().map(({ LogGroupName }) => ({ LogGroup: LogGroupName }))).toEqual(
      written.map(({ Properties }) => Properties['LoggingConfig']),
    );
    expect(new Set(filters().map(({ FilterPattern }) => FilterPattern)).size).toBe(1);
    for (const { MetricTransformations } of filters())
      expect(MetricTransformations).toEqual([
        { MetricNamespace: 'Forestbridge', MetricName: 'UnknownErrors', MetricValue: '1' },
      ]);
  });

  it('counts what a step logs of a defect, and nothing that it expects', async () => {
    const counts = filter(String(filters()[0]?.['FilterPattern']));
    const counted = async (error: Error | null): Promise<readonly boolean[]> => {
      lines.length = 0;
      await failing(error)({}, lambdaContext).catch(() => undefined);
      return lines.map(counts);
    };

    expect(await counted(new TypeError('x is not a function'))).toEqual([true]);
    expect(await counted(errorCalled('DirectoryFailedToo'))).toEqual([true]);
    for (const name of stepErrorNames) expect(await counted(errorCalled(name)), name).toEqual([false]);
    expect(await counted(new NotReady('Not yet.'))).toEqual([false]);
    expect(await counted(null)).toEqual([false]);
  });
});
