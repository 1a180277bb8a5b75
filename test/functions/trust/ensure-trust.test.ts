import { describe, expect, it } from 'vitest';
import { ensureTrust } from '../../../functions/trust/ensure-trust.ts';
import { entry, password, prepare } from '../../support/half-in-aws.ts';
import { at, mishaps, positionsOf } from '../../support/mishaps.ts';
import { directoryId, domainName, outgoing } from '../../support/trust-account.ts';

describe('ensure-trust', () => {
  it('makes the half with the password of its secret, after the ledger knows of it', async () => {
    const { account, directory, input } = await prepare();
    const asked: unknown[] = [];
    account.disturb((call, answer) => {
      if (call.operation === 'CreateTrust') asked.push(call.input);
      return answer();
    });

    await expect(account.run(ensureTrust, input)).rejects.toMatchObject({
      name: 'NotReady',
      message: `The directory ${directoryId} is making its half of the trust with ${domainName}.`,
    });

    expect(asked).toEqual([
      {
        DirectoryId: directoryId,
        RemoteDomainName: domainName,
        TrustPassword: password,
        TrustDirection: 'One-Way: Outgoing',
        TrustType: 'Forest',
        SelectiveAuth: 'Disabled',
      },
    ]);
    expect(account.calls).toEqual([
      'dynamodb:GetItem',
      'ds:DescribeTrusts',
      'dynamodb:GetItem',
      'secretsmanager:GetSecretValue',
      'dynamodb:PutItem',
      'ds:CreateTrust',
      'dynamodb:UpdateItem',
    ]);
    expect(await account.entries()).toEqual({ [entry]: directory.trusts[0]?.trustId });
  });

  it('waits until AWS has made it, and then writes nothing more', async () => {
    const { account, directory, input } = await prepare();

    const result = await account.settle(ensureTrust, input);

    const [trust] = directory.trusts;
    expect(directory.trusts).toHaveLength(1);
    expect(result).toEqual({ trustId: trust?.trustId, state: expect.stringMatching(/Created|Verif/) });
    await account.seconds(200);
    account.disturb();
    await expect(account.run(ensureTrust, input)).resolves.toEqual({
      trustId: trust?.trustId,
      state: 'Verified',
    });
    expect(account.calls).toEqual([
      'dynamodb:GetItem',
      'ds:DescribeTrusts',
      'dynamodb:GetItem',
      'dynamodb:GetItem',
    ]);
  });

  it.each([
    [{ direction: 'Two-Way', selectiveAuthentication: true }, 'Enabled'],
    [{ direction: 'One-Way: Incoming', selectiveAuthentication: true }, 'Disabled'],
    [{ type: 'External', selectiveAuthentication: true }, 'Enabled'],
  ] as const)('makes it as it is asked for: %j', async (change, SelectiveAuth) => {
    const { account, directory, input } = await prepare();
    const trust = { ...outgoing, ...change };

    await account.settle(ensureTrust, { ...input, trust });

    expect(directory.trusts).toMatchObject([
      { type: trust.type, direction: trust.direction, selectiveAuthentication: SelectiveAuth === 'Enabled' },
    ]);
  });

  it('carries AWS’s reason where it fails, and a redrive makes it anew once that is mended', async () => {
    const { account, directory, input } = await prepare();
    const { controller } = account;
    controller.up = false;

    await expect(account.settle(ensureTrust, input)).rejects.toMatchObject({
      name: 'TrustFailed',
      message: expect.stringMatching(
        /^The trust t-[0-9a-f]{10} with corp\.example\.com could not be made. AWS: The specified domain name does not exist or could not be contacted. Name: corp\.example\.com\. Usually .*being deleted, so that a redrive makes it anew\.$/,
      ),
    });

    controller.up = true;
    await account.settle(ensureTrust, input);
    expect(directory.trusts).toHaveLength(1);
    expect(await account.entries()).toEqual({ [entry]: directory.trusts[0]?.trustId });
    await account.seconds(200);
    expect(directory.trusts).toMatchObject([{ state: 'Verified' }]);
  });

  it.each([
    ['CreateTrust', 'NotReady'],
    ['GetSecretValue', 'TrustFailed'],
  ])('bears an empty answer to %s', async (operation, name) => {
    const { account, directory, input } = await prepare();
    account.answering(operation, {});

    await expect(account.run(ensureTrust, input)).rejects.toMatchObject({ name });

    expect(directory.trusts).toEqual([]);
  });

  it.each(Object.entries(mishaps))('makes one half at %s, wherever it happens', async (_name, mishap) => {
    const whole = await prepare();
    await whole.account.settle(ensureTrust, whole.input, 60);
    const positions = positionsOf(whole.account.calls, mishap);

    for (const position of positions) {
      const { account, directory, input } = await prepare();
      account.disturb(at(position, mishap));
      const result = await account.settle(ensureTrust, input, 60);
      account.disturb();
      expect(directory.trusts).toHaveLength(1);
      expect(result).toMatchObject({ trustId: directory.trusts[0]?.trustId });
      expect(await account.entries()).toEqual({ [entry]: directory.trusts[0]?.trustId });
    }
  });
});
