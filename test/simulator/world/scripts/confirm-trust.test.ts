import { describe, expect, it } from 'vitest';
import { domainName, managedNodeId } from '../../../support/company.ts';
import { password, scriptAccount } from '../../../support/script-account.ts';

describe('confirm-trust', () => {
  it('cannot verify from the trusted side', async () => {
    const { confirm, make } = scriptAccount();
    make();

    await expect(confirm()).resolves.toMatchObject({ exitCode: 0, status: 'done', verified: null });
  });

  it('misses a half that is not there, or has no effect', async () => {
    const { confirm, make, world } = scriptAccount();

    await expect(confirm()).resolves.toMatchObject({ exitCode: 1, reason: 'half-missing' });
    make();
    world.causes.broken.add('half-on-premises');
    await expect(confirm()).resolves.toMatchObject({ reason: 'half-missing' });
  });

  it('tells of a half of another kind', async () => {
    const { confirm, make } = scriptAccount();
    make();

    await expect(confirm('Outbound')).resolves.toMatchObject({ status: 'conflict', reason: 'half-differs' });
    await expect(confirm('Inbound', 'External')).resolves.toMatchObject({ reason: 'half-differs' });
  });

  const trust = {
    remoteDomainName: domainName,
    type: 'Forest',
    selectiveAuthentication: false,
    password,
  } as const;

  it.each([
    ['everything there', 'done', {}, () => {}],
    ['no half in AWS', 'failed', null, () => {}],
    ['another password in AWS', 'failed', { password: 'Another-1' }, () => {}],
    [
      'a firewall in between',
      'failed',
      {},
      ({ forest }: ReturnType<typeof scriptAccount>) => void forest.closedPorts.add(135),
    ],
  ])('verifies from the trusting side, with %s: %s', async (_what, status, difference, change) => {
    const account = scriptAccount();
    const { confirm, forward, make, world, directory } = account;
    await forward();
    make({ direction: 'Bidirectional' });
    if (difference !== null)
      world.trusts.create(directory, { ...trust, direction: 'Two-Way', ...difference });
    change(account);

    await expect(confirm('Bidirectional')).resolves.toMatchObject(
      status === 'done' ? { verified: true, exitCode: 0 } : { reason: 'not-verified', exitCode: 1 },
    );
  });
});

describe('any other document', () => {
  it('ends without a word', async () => {
    const { world, seconds } = scriptAccount();
    const command = world.commands.send(
      { documentName: 'AWS-RunPowerShellScript', managedNodeId, comment: '', parameters: new Map() },
      600,
    );
    await seconds(30);

    expect(command).toMatchObject({ status: 'Failed', result: { output: '', exitCode: 1 } });
  });
});
