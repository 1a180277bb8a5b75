import { describe, expect, it } from 'vitest';
import { ensureTrust } from '../../../functions/trust/ensure-trust.ts';
import { planTrust } from '../../../functions/trust/plan-trust.ts';
import { ServiceError } from '../../../simulator/wire/service-error.ts';
import type { TrustState } from '../../../simulator/world/directories.ts';
import { at, mishaps, positionsOf } from '../../support/mishaps.ts';
import {
  directoryId,
  directoryName,
  domainName,
  onPremises,
  outgoing,
  owner,
  trustAccount,
} from '../../support/trust-account.ts';

const password = 'A-long-secret-1';
const key = `${directoryId}/${domainName}`;
const entry = `half-in-aws#${key}`;
const making = { onPremises: 'create', inAws: 'create', newPassword: true, trustId: null };

/** An account whose company has its half and whose directory forwards, and what creates the other half. */
const prepare = async () => {
  const account = await trustAccount();
  const { world, directory, forest } = account;
  await account.claimOf({ ...owner, requestId: `trust#${key}` }).take(null, new Date());
  account.disturb();
  world.trusts.forward(directory, domainName, onPremises.dnsIpAddresses);
  forest.forwarders.set(directoryName, directory.dnsIpAddresses);
  forest.halves.set(directoryName, {
    type: 'Forest',
    direction: 'Inbound',
    selectiveAuthentication: false,
    password,
  });
  const secret = account.secrets.create({ name: 'forestbridge/orders/trust' }, JSON.stringify({ password }));
  const input = {
    directory: { directoryId },
    onPremises,
    trust: outgoing,
    plan: making,
    trustSecretArn: secret.arn,
  };
  return { account, directory, forest, secret, input };
};

/** The same with a half in AWS that this request made and that is to be made anew. */
const prepareRepair = async () => {
  const prepared = await prepare();
  const { account, directory, input } = prepared;
  const old = account.world.trusts.create(directory, {
    ...outgoing,
    remoteDomainName: domainName,
    password: 'another',
  });
  await account.ledger.making('half-in-aws', key);
  await account.ledger.made('half-in-aws', key, old.trustId);
  await account.seconds(200);
  account.disturb();
  const plan = { ...making, onPremises: 'reset', inAws: 'recreate', trustId: old.trustId };
  return { ...prepared, old, input: { ...input, plan } };
};

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

  it('deletes the half that is to be made anew, keeps its forwarder, and waits until it is gone', async () => {
    const { account, directory, old, input } = await prepareRepair();

    await expect(account.run(ensureTrust, input)).rejects.toMatchObject({
      name: 'NotReady',
      message: `The trust ${old.trustId} with ${domainName} is being deleted, to be made anew with a new password.`,
    });
    expect(old.state).toBe('Deleting');
    account.disturb();
    await expect(account.run(ensureTrust, input)).rejects.toMatchObject({ name: 'NotReady' });
    expect(account.calls).toEqual(['dynamodb:GetItem', 'ds:DescribeTrusts', 'dynamodb:GetItem']);

    const result = await account.settle(ensureTrust, input);
    const [trust] = directory.trusts;
    expect(directory.trusts).toHaveLength(1);
    expect(trust).not.toBe(old);
    expect(trust).toMatchObject({ password });
    expect(result).toMatchObject({ trustId: trust?.trustId });
    expect(directory.forwarders.has(domainName)).toBe(true);
    expect(await account.entries()).toEqual({ [entry]: trust?.trustId });
  });

  it('is content where the half to be made anew went by itself', async () => {
    const { account, directory, input } = await prepareRepair();
    account.disturb((call, answer) => {
      if (call.operation !== 'DeleteTrust') return answer();
      directory.trusts.length = 0;
      return Promise.reject(new ServiceError('EntityDoesNotExistException', 'Gone.'));
    });

    await account.settle(ensureTrust, input);

    expect(directory.trusts).toMatchObject([{ password }]);
  });

  it.each(['create', 'recreate'])('deletes nothing that others made meanwhile: %s', async (inAws) => {
    const { account, directory, old, input } = await prepareRepair();
    directory.trusts.length = 0;
    const foreign = account.world.trusts.create(directory, {
      ...outgoing,
      remoteDomainName: domainName,
      password: 'theirs',
    });
    const plan = { ...input.plan, inAws, trustId: inAws === 'create' ? null : old.trustId };

    await expect(account.run(ensureTrust, { ...input, plan })).rejects.toMatchObject({
      name: 'Conflict',
      message: expect.stringContaining(`${foreign.trustId} with ${domainName} was made by somebody else`),
    });

    expect(directory.trusts).toEqual([foreign]);
    expect(foreign.state).toBe('Creating');
  });

  it('keeps what is to be kept, without a password or a look at more than the claim', async () => {
    const { account, old, input } = await prepareRepair();
    const plan = { onPremises: 'keep', inAws: 'keep', newPassword: false, trustId: old.trustId };

    await expect(account.run(ensureTrust, { ...input, plan, trustSecretArn: null })).resolves.toEqual({
      trustId: old.trustId,
      state: old.state,
    });

    expect(account.calls).toEqual(['dynamodb:GetItem', 'ds:DescribeTrusts']);
  });

  it.each(['t-0000000000', null])('fails where what was to be kept is gone (%s)', async (there) => {
    const { account, directory, input } = await prepareRepair();
    if (there === null) directory.trusts.length = 0;
    const plan = { onPremises: 'keep', inAws: 'keep', newPassword: false, trustId: 't-9999999999' };

    await expect(account.run(ensureTrust, { ...input, plan })).rejects.toMatchObject({
      name: 'TrustFailed',
      message: expect.stringContaining('The trust t-9999999999 with corp.example.com was there'),
    });
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

  it.each<[TrustState | undefined, object]>([
    ['Updating', { name: 'NotReady' }],
    ['Deleting', { name: 'NotReady' }],
    [undefined, { name: 'NotReady', message: 'The trust t-1 with corp.example.com is Creating.' }],
  ])('waits while its half is %s', async (TrustState, error) => {
    const { account, input } = await prepare();
    await account.ledger.making('half-in-aws', key);
    account.answering('DescribeTrusts', {
      Trusts: [{ TrustId: 't-1', RemoteDomainName: domainName, TrustState }],
    });

    await expect(account.run(ensureTrust, input)).rejects.toMatchObject(error);
  });

  it('does not take a half without an id for its own', async () => {
    const { account, input } = await prepareRepair();
    account.answering('DescribeTrusts', {
      Trusts: [{ RemoteDomainName: domainName, TrustState: 'Verified' }],
    });

    await expect(account.run(ensureTrust, input)).rejects.toMatchObject({ name: 'Conflict' });
  });

  it.each(['Created', 'Verifying', 'Verified', 'VerifyFailed'])(
    'hands on a half that is %s',
    async (TrustState) => {
      const { account, input } = await prepare();
      await account.ledger.making('half-in-aws', key);
      account.answering('DescribeTrusts', {
        Trusts: [{ TrustId: 't-1', RemoteDomainName: domainName, TrustState }],
      });

      await expect(account.run(ensureTrust, input)).resolves.toEqual({ trustId: 't-1', state: TrustState });
      expect(await account.entries()).toEqual({ [entry]: 't-1' });
    },
  );

  it.each([
    ['no secret is given', null, null, /no secret with its password was given/],
    [
      'the secret is gone',
      'gone',
      null,
      /^The trust's secret arn:\S+ cannot be read: .*find the specified secret\. Start a new execution/,
    ],
    ['the secret is scheduled for deletion', 'retired', null, /cannot be read: .*marked for deletion/],
    [
      'the secret is no JSON',
      'there',
      'pA55w0rd',
      /^The trust's secret arn:\S+ is no JSON object with a password\. Start/,
    ],
    ['the secret has no password', 'there', '{"username":"pA55w0rd"}', /is no JSON object with a password/],
    ['the password is empty', 'there', '{"password":""}', /is no JSON object with a password/],
  ])('makes nothing where %s, and never quotes it', async (_which, state, value, message) => {
    const { account, directory, secret, input } = await prepare();
    if (state === 'gone') account.secrets.remove(secret);
    if (state === 'retired') account.secrets.scheduleDeletion(secret, 7);
    if (value !== null) account.secrets.put(secret, value);
    const trustSecretArn = state === null ? null : secret.arn;

    const error = await account
      .run(ensureTrust, { ...input, trustSecretArn })
      .catch((thrown: unknown) => thrown);

    expect(error).toMatchObject({ name: 'TrustFailed', message: expect.stringMatching(message) });
    expect(String(error)).not.toContain('pA55w0rd');
    expect(directory.trusts).toEqual([]);
    expect(await account.entries()).toEqual({});
  });

  it.each([
    ['GetSecretValue', 'AccessDeniedException', 'Forbidden', /denied a call: Not that/],
    ['CreateTrust', 'EntityAlreadyExistsException', 'NotReady', /was not there a moment ago/],
    ['CreateTrust', 'DirectoryUnavailableException', 'NotReady', /busy at the moment/],
    [
      'CreateTrust',
      'UnsupportedOperationException',
      'TrustFailed',
      /UnsupportedOperationException: Not that\./,
    ],
  ])('names what %s refuses by %s', async (operation, code, name, message) => {
    const { account, input } = await prepare();
    account.answering(operation, new ServiceError(code, 'Not that.'));

    await expect(account.run(ensureTrust, input)).rejects.toMatchObject({
      name,
      message: expect.stringMatching(message),
    });
  });

  it('takes no half for its own that was made by hand after AWS refused to make one', async () => {
    const { account, directory, input } = await prepare();
    account.answering('CreateTrust', new ServiceError('UnsupportedOperationException', 'Not now.'));
    await expect(account.run(ensureTrust, input)).rejects.toMatchObject({ name: 'TrustFailed' });
    expect(await account.entries()).toEqual({});
    account.disturb();
    const foreign = account.world.trusts.create(directory, {
      ...outgoing,
      remoteDomainName: domainName,
      password: 'theirs',
    });
    await account.seconds(200);

    await expect(account.run(ensureTrust, input)).rejects.toMatchObject({ name: 'Conflict' });
    await expect(
      account.run(planTrust, {
        directory: { directoryId, name: directoryName },
        onPremises,
        trust: outgoing,
        half: null,
      }),
    ).rejects.toMatchObject({
      name: 'Conflict',
      message: expect.stringMatching(/in the directory .*Forestbridge did not make that half/),
    });

    expect(directory.trusts).toEqual([foreign]);
  });

  it.each([
    ['strikes out', 'DirectoryUnavailableException', 400, {}],
    ['strikes out', 'ThrottlingException', 400, {}],
    ['keeps', 'EntityAlreadyExistsException', 400, { [entry]: null }],
    ['keeps', 'ServiceException', 500, { [entry]: null }],
  ])('%s its entry where AWS answers with %s', async (_what, code, status, expected) => {
    const { account, input } = await prepare();
    account.answering('CreateTrust', new ServiceError(code, 'No.', {}, status));

    await expect(account.run(ensureTrust, input)).rejects.toBeInstanceOf(Error);

    expect(await account.entries()).toEqual(expected);
  });

  it.each([
    ['strikes out', 'UnsupportedOperationException', {}],
    ['keeps', 'ThrottlingException', { [entry]: null }],
    ['keeps', 'DirectoryUnavailableException', { [entry]: null }],
  ])('%s the entry of an earlier call where AWS answers with %s', async (_what, code, expected) => {
    const { account, input } = await prepare();
    await account.ledger.making('half-in-aws', key);
    account.answering('CreateTrust', new ServiceError(code, 'Not now.'));

    await expect(account.run(ensureTrust, input)).rejects.toBeInstanceOf(Error);

    expect(await account.entries()).toEqual(expected);
  });

  it.each([
    ['makes', prepare],
    ['deletes', prepareRepair],
  ])('%s nothing once another execution makes the trust', async (_what, preparing) => {
    const { account, directory, input } = await preparing();
    const before = directory.trusts.map(({ state }) => state);
    const another = { requestId: `trust#${key}`, execution: `${owner.execution}-2` };
    await account.claimOf(another).take(owner.execution, new Date());

    await expect(account.run(ensureTrust, input)).rejects.toMatchObject({
      name: 'Conflict',
      message: expect.stringContaining(
        `between ${domainName} and ${directoryId} was carried on by ${another.execution}`,
      ),
    });

    expect(directory.trusts.map(({ state }) => state)).toEqual(before);
  });

  it('makes nothing where nobody holds the trust', async () => {
    const { account, directory, input } = await prepare();
    await account.claimOf({ ...owner, requestId: `trust#${key}` }).release();

    await expect(account.run(ensureTrust, input)).rejects.toMatchObject({
      name: 'Conflict',
      message: expect.stringContaining('was carried on by another execution'),
    });

    expect(directory.trusts).toEqual([]);
  });

  it('fails with what DeleteTrust refuses', async () => {
    const { account, input } = await prepareRepair();
    account.answering('DeleteTrust', new ServiceError('UnsupportedOperationException', 'Not that.'));

    await expect(account.run(ensureTrust, input)).rejects.toMatchObject({
      name: 'TrustFailed',
      message: 'UnsupportedOperationException: Not that.',
    });
  });

  it.each([
    ['CreateTrust', {}, null],
    ['GetSecretValue', {}, 'TrustFailed'],
  ])('bears an empty answer to %s', async (operation, given, name) => {
    const { account, directory, input } = await prepare();
    account.answering(operation, given);

    await expect(account.run(ensureTrust, input)).rejects.toMatchObject({ name: name ?? 'NotReady' });

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

  it.each(Object.entries(mishaps))(
    'makes one half anew at %s, wherever it happens',
    async (_name, mishap) => {
      const whole = await prepareRepair();
      await whole.account.settle(ensureTrust, whole.input, 60);
      const positions = positionsOf(whole.account.calls, mishap);

      for (const position of positions) {
        const { account, directory, old, input } = await prepareRepair();
        account.disturb(at(position, mishap));
        await account.settle(ensureTrust, input, 60);
        account.disturb();
        expect(directory.trusts).toHaveLength(1);
        expect(directory.trusts[0]).not.toBe(old);
        expect(directory.trusts[0]).toMatchObject({ password });
        expect(await account.entries()).toEqual({ [entry]: directory.trusts[0]?.trustId });
      }
    },
  );
});
