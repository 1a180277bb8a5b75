import { describe, expect, it } from 'vitest';
import { domainName } from '../../../support/trust-account.ts';
import { contactBreaks, halfBreaks, returnBreaks } from '../../../support/trust-breaks.ts';
import { created, prepare } from '../../../support/trust-halves.ts';

const notContacted = `The specified domain name does not exist or could not be contacted. Name: ${domainName}`;
const accessDenied = 'Access is denied.';

describe('a trust', () => {
  it.each(contactBreaks)('cannot be made with %s', async (_what, breakIt) => {
    const account = await prepare();
    breakIt(account);

    await expect(created(account)).resolves.toMatchObject({ state: 'Failed', reason: notContacted });
  });

  it('cannot be made with a domain that is none', async () => {
    const account = await prepare();

    await expect(created(account, { remoteDomainName: 'nobody.example.com' })).resolves.toMatchObject({
      state: 'Failed',
      reason: expect.stringMatching(/could not be contacted\. Name: nobody\.example\.com$/),
    });
  });

  it('cannot be made where AWS does not perform it', async () => {
    const account = await prepare();
    account.world.causes.broken.add('half-in-aws');

    await expect(created(account)).resolves.toMatchObject({
      state: 'Failed',
      reason: 'The operation could not be performed on this domain.',
    });
  });

  it.each([
    ...returnBreaks.map(([what, breakIt]) => [what, breakIt, notContacted] as const),
    ...halfBreaks.map(([what, breakIt]) => [what, breakIt, accessDenied] as const),
  ])('is made and not verified with %s', async (_what, breakIt, reason) => {
    const account = await prepare();
    breakIt(account);

    await expect(created(account)).resolves.toMatchObject({ state: 'VerifyFailed', reason });
  });

  it.each([
    ...contactBreaks.map(([what, breakIt]) => [what, breakIt, notContacted] as const),
    ...returnBreaks.map(([what, breakIt]) => [what, breakIt, notContacted] as const),
    ...halfBreaks.map(([what, breakIt]) => [what, breakIt, accessDenied] as const),
  ])('that was verified is no more, once it has %s', async (_what, breakIt, reason) => {
    const account = await prepare();
    const trust = await created(account);
    breakIt(account);

    account.world.trusts.verify(account.directory, trust);
    expect(trust).toMatchObject({ state: 'Verifying', reason: null });
    await account.seconds(60);

    expect(trust).toMatchObject({ state: 'VerifyFailed', reason });
  });

  it('is verified again once what was broken is mended', async () => {
    const account = await prepare();
    account.forest.closedPorts.add(445);
    const trust = await created(account);
    account.forest.closedPorts.clear();
    const again = await created(account);

    expect(trust.state).toBe('Failed');
    expect(again.state).toBe('Verified');
  });

  it.each([88, 464, 636])('is verified without port %i', async (port) => {
    const account = await prepare();
    account.forest.closedPorts.add(port);

    await expect(created(account)).resolves.toMatchObject({ state: 'Verified' });
  });

  it('needs one DNS server and one domain controller that answer, not all', async () => {
    const account = await prepare();
    const { forest, directory, world, controller } = account;
    world.trusts.forward(directory, domainName, ['10.20.0.99', '10.20.0.11']);
    forest.domainControllers.unshift({ ...controller, managedNodeId: 'mi-0a1b2c3d4e5f60719', up: false });
    await account.seconds(301);

    await expect(created(account)).resolves.toMatchObject({ state: 'Verified' });
  });
});
