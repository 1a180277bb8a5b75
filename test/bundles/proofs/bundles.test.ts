import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { functions } from '../../../functions/functions.ts';
import { applyBreak } from '../../../simulator/world/breaks.ts';
import { likenessOf } from '../../support/likeness.ts';
import { deployedForTest, requestNamed } from '../../support/provisioning.ts';
import { bundledAccount } from '../support/bundled-account.ts';

const request = requestNamed('one-way-forest');
const other = requestNamed('two-way-forest');

describe('the bundles, each in a process of its own', () => {
  let bundled: Awaited<ReturnType<typeof bundledAccount>>;
  beforeAll(async () => {
    bundled = await bundledAccount([request, other]);
  }, 240_000);
  afterAll(() => bundled.close(), 60_000);

  it('are each the function of its name, and fail by a name that the state machines know', async () => {
    const names = Object.keys(functions);
    const failures = names.map((name) =>
      bundled.account.invoke(name, 'no event').catch((error: unknown) => error),
    );

    expect(await Promise.all(failures)).toEqual(
      names.map((name) =>
        expect.objectContaining({
          name: 'InvalidRequest',
          message: expect.stringMatching(`^${name} cannot read its input: `),
        }),
      ),
    );
  });

  it('carry out a request as the functions do that they are made from', async () => {
    const unbundled = await deployedForTest(request, other);

    const { standing } = await bundled.run(request);
    await unbundled.run(request);

    expect(standing.cause ?? standing.status).toBe('SUCCEEDED');
    expect(await likenessOf(bundled.account)).toEqual(await likenessOf(unbundled.account));
  });

  it('fail by the name of what went wrong, and explain it', async () => {
    const { account } = bundled;
    applyBreak(account.world, 'trust-password');

    const { arn, standing } = await bundled.run(other);

    expect(standing).toMatchObject({ status: 'FAILED', error: 'TrustFailed' });
    expect(await account.invoke('explain-execution', { executionArn: arn })).toMatchObject({
      status: 'FAILED',
      error: 'TrustFailed',
      cause: expect.stringMatching(
        /^The request payroll failed at "Verify trust" on .*AWS: Access is denied\. Usually the two halves/,
      ),
    });
  });
});
