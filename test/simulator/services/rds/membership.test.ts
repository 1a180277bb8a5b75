import { RebootDBInstanceCommand } from '@aws-sdk/client-rds';
import { describe, expect, it } from 'vitest';
import { directoryId, roleName, settings } from '../../../support/database-account.ts';
import { byName, domain, prepare, withInstance } from '../../../support/rds-account.ts';

describe('an instance that is there', () => {
  it('shows what it was joined to before', async () => {
    const { account } = await prepare();

    const placed = account.databases.place(settings, { directoryId, roleName });

    expect(placed).toMatchObject({
      membership: { status: 'joined', inEffect: true },
      masterSecret: { status: 'active' },
    });
    expect(account.databases.answering(placed.hostName ?? '')).toBe(placed);
  });

  it('joins in some minutes and is in effect after a reboot', async () => {
    const { account, client, modify, membership, placed } = await withInstance();
    const seen: (string | undefined)[] = [];
    await modify({ ...domain, ApplyImmediately: true });
    for (let seconds = 0; seconds < 600; seconds += 5) {
      const text = `${placed.status} ${await membership()}`;
      if (seen.at(-1) !== text) seen.push(text);
      await account.minutes(5 / 60);
    }

    expect(seen).toEqual([
      'available undefined',
      'modifying pending-join',
      'modifying joining',
      'available joined',
    ]);
    expect(placed.membership?.inEffect).toBe(false);
    await client.send(new RebootDBInstanceCommand(byName));
    expect(placed.status).toBe('rebooting');
    expect(account.databases.answering(placed.hostName ?? '')).toBeUndefined();
    await account.minutes(4);
    expect(placed).toMatchObject({ status: 'available', membership: { inEffect: true } });
  });

  it('joins once where it is asked twice, and again where it failed', async () => {
    const { account, modify, membership, placed } = await withInstance();
    account.directories.whyNotJoin = () => 'No route.';
    await modify({ ...domain, ApplyImmediately: true });
    await modify({ ...domain, ApplyImmediately: true });
    await account.minutes(15);
    expect(await membership()).toBe('failed');

    account.directories.whyNotJoin = () => null;
    await modify({ ...domain, ApplyImmediately: true });
    await account.minutes(15);

    expect(await membership()).toBe('joined');
    expect(account.databases.events.filter(({ category }) => category === 'failure')).toHaveLength(1);
    await modify({ ...domain, ApplyImmediately: true });
    await account.minutes(1);
    expect(placed.status).toBe('available');
  });

  it('waits for its maintenance window where it may not be interrupted', async () => {
    const { account, modify, membership } = await withInstance();

    await modify(domain);
    await account.minutes(60);
    expect(await membership()).toBe('pending-maintenance-join');

    await modify({ ...domain, ApplyImmediately: true });
    await account.minutes(15);
    expect(await membership()).toBe('joined');

    await modify({ Domain: 'none' });
    expect(await membership()).toBe('pending-maintenance-removal');
  });

  it('leaves its directory', async () => {
    const { account, modify, membership, placed } = await withInstance();
    await modify({ Domain: 'none', ApplyImmediately: true });
    expect(placed.asked).toBeNull();
    await modify({ ...domain, ApplyImmediately: true });
    await account.minutes(15);

    await modify({ Domain: 'none', ApplyImmediately: true });
    await modify({ Domain: 'none', ApplyImmediately: true });
    expect(await membership()).toBe('pending-removal');
    await expect(modify({ ...domain, ApplyImmediately: true })).rejects.toMatchObject({
      name: 'InvalidParameterCombination',
    });
    await account.minutes(1);
    expect(await membership()).toBe('removing');
    await account.minutes(6);

    expect(placed).toMatchObject({ membership: null, status: 'available' });
  });

  it('is not taken from one directory into another', async () => {
    const { account, modify } = await withInstance();
    account.directories.active.push('d-0000000000');
    await modify({ ...domain, ApplyImmediately: true });
    const other = { ...domain, Domain: 'd-0000000000', ApplyImmediately: true };

    await expect(modify(other)).rejects.toMatchObject({ name: 'InvalidParameterCombination' });
    await account.minutes(15);
    await expect(modify(other)).rejects.toMatchObject({ name: 'InvalidParameterCombination' });
  });
});
