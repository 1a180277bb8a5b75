import { describe, expect, it } from 'vitest';
import { directoryName } from '../../../support/company.ts';
import { password, scriptAccount } from '../../../support/script-account.ts';

describe('create-trust', () => {
  it('makes the half with the password of the secret, and prints none', async () => {
    const { create, forward, forest } = scriptAccount();
    await forward();

    const made = await create();
    expect(made).toEqual({
      exitCode: 0,
      status: 'done',
      half: { direction: 'Inbound', type: 'Forest', selectiveAuthentication: false },
      changed: true,
    });
    expect(forest.halves.get(directoryName)).toMatchObject({ password });
  });

  it.each([
    ['Inbound', false],
    ['Bidirectional', true],
    ['Outbound', true],
  ])('asks for selective authentication only where this side trusts: %s %s', async (Direction, selective) => {
    const { create, forward, forest } = scriptAccount();
    await forward();

    await create({ Direction, TrustType: 'External', SelectiveAuthentication: 'true' });

    expect(forest.halves.get(directoryName)).toMatchObject({
      direction: Direction,
      type: 'External',
      selectiveAuthentication: selective,
    });
  });

  it('gives the half that is there a new password', async () => {
    const { create, forward, make, forest } = scriptAccount();
    await forward();
    make({ password: 'An-old-one-1' });

    await expect(create({ Action: 'reset', MayChange: 'true' })).resolves.toMatchObject({ status: 'done' });
    expect(forest.halves.get(directoryName)).toMatchObject({ password });
  });

  it('leaves an equal half alone that it may not change', async () => {
    const { create, forward, make, forest } = scriptAccount();
    await forward();
    make({ password: 'Of-somebody-else-1' });

    await expect(create({ MayChange: 'false' })).resolves.toMatchObject({
      exitCode: 0,
      status: 'conflict',
      reason: 'half-exists',
    });
    expect(forest.halves.get(directoryName)).toMatchObject({ password: 'Of-somebody-else-1' });
  });

  it('has nothing to reset where there is no half', async () => {
    const { create, forward } = scriptAccount();
    await forward();

    await expect(create({ Action: 'reset' })).resolves.toMatchObject({
      exitCode: 1,
      status: 'failed',
      reason: 'half-missing',
    });
  });

  it.each([{ direction: 'Outbound' }, { type: 'External' }] as const)(
    'leaves a half of another kind alone: %j',
    async (difference) => {
      const { create, forward, make, forest } = scriptAccount();
      await forward();
      make({ ...difference, password: 'Of-somebody-else-1' });

      await expect(create()).resolves.toMatchObject({
        exitCode: 0,
        status: 'conflict',
        reason: 'half-differs',
      });
      expect(forest.halves.get(directoryName)).toMatchObject({ password: 'Of-somebody-else-1' });
    },
  );

  it.each(['gone', 'on its way out', 'without a password', 'with another thing'])(
    'cannot read a secret that is %s',
    async (what) => {
      const { create, forward, world, secret } = scriptAccount();
      await forward();
      if (what === 'gone') world.secrets.remove(secret);
      if (what === 'on its way out') world.secrets.scheduleDeletion(secret, 7);
      if (what === 'without a password') world.secrets.put(secret, '{"username":"trust"}');
      if (what === 'with another thing') world.secrets.put(secret, 'null');

      await expect(create()).resolves.toMatchObject({ exitCode: 1, reason: 'secret-unreadable' });
    },
  );

  it('needs the way to the directory', async () => {
    const { create, forward, forest } = scriptAccount();

    await expect(create()).resolves.toMatchObject({ reason: 'domain-not-found' });
    await forward();
    forest.closedPorts.add(445);
    await expect(create()).resolves.toMatchObject({ exitCode: 1, reason: 'domain-not-found' });
    await expect(create({ DirectoryName: 'none.example.com' })).resolves.toMatchObject({
      reason: 'domain-not-found',
    });
    forest.closedPorts.clear();
    await expect(create()).resolves.toMatchObject({ status: 'done' });
  });

  it.each([
    [301, 'failed'],
    [-301, 'failed'],
    [300, 'done'],
  ])('with a clock that is off by %i seconds is %s', async (skew, status) => {
    const { create, forward, controller } = scriptAccount();
    await forward();
    controller.clockSkewSeconds = skew;

    await expect(create()).resolves.toMatchObject({ status });
  });
});
