import { describe, expect, it } from 'vitest';
import { ServiceError } from '../../../simulator/wire/service-error.ts';
import type { World } from '../../../simulator/world/world.ts';
import { mishaps } from '../../support/mishaps.ts';
import { type PreflightAccount, preflightAccount } from './preflight-account.ts';
import { changed, example, exampleNames } from './requests.ts';

const directoryName = 'aws.example.com';

/** All that is true of the world. */
const pictureOf = (world: World) =>
  structuredClone({
    world,
    secrets: world.secrets.all,
    roles: world.roles.all,
    topics: world.topics.all,
    instances: world.databases.all,
  });

/** The tag of a directory that was created for the request. */
const tagged = ({ request }: PreflightAccount) => new Map([['forestbridge:created-for', request.requestId]]);

/** The directory that the request asks for. */
const wanted = ({ request: { directory } }: PreflightAccount) => ({
  name: directoryName,
  shortName: 'AWS',
  edition: 'Standard' as const,
  description: null,
  vpcId: String(directory.vpcId),
  subnetIds: directory.subnetIds,
  tags: new Map(),
});

/** Breaks something of every kind. */
const spoil = ({ world, request }: PreflightAccount): void => {
  for (const controller of world.commands.controllers())
    Object.assign(controller, { up: false, agentVersion: '3.2.2303.0' });
  for (const role of world.roles.all) role.trustPolicy = '{}';
  const { subnetIds } = world.directories.all[0] ?? request.directory;
  const [first = '', second = ''] = subnetIds;
  Object.assign(world.network.subnets.get(second) ?? {}, { zone: world.network.subnets.get(first)?.zone });
  world.network.routeTableOf(first).routes = [];
  world.network.networkAclOf(first).entries = [];
};

describe('check-account', () => {
  it.each(exampleNames)('finds nothing where everything is as %s needs it', async (name) => {
    const { run, request, world } = await preflightAccount(example(name));

    const adopted = world.directories.find(request.directory.directoryId ?? '');
    await expect(run()).resolves.toEqual({
      existingDirectoryId: request.directory.directoryId,
      existingDirectoryActive: adopted !== undefined,
      directorySubnetIds: adopted?.subnetIds ?? request.directory.subnetIds,
      instanceExists: name === 'existing-instance',
      findings: [],
    });
  });

  it('does not go on where another execution overtook this one', async () => {
    const account = await preflightAccount(example('one-way-forest'));

    const overtaken = 'arn:aws:states:eu-central-1:111122223333:execution:forestbridge-provision:orders-0';

    await expect(account.run(overtaken)).rejects.toMatchObject({
      name: 'Conflict',
      message: expect.stringContaining('was carried on by'),
    });

    expect(account.calls).toEqual(['dynamodb:GetItem']);
  });

  it('hands on the directory of its own that AWS still makes', async () => {
    const account = await preflightAccount(example('no-database'));
    await account.ledger.making('directory', directoryName);
    const { directoryId } = account.world.directories.create({ ...wanted(account), tags: tagged(account) });

    await expect(account.run()).resolves.toMatchObject({
      existingDirectoryId: directoryId,
      existingDirectoryActive: false,
      findings: [],
    });
    await account.clock.sleep(60 * 60_000);
    await expect(account.run()).resolves.toMatchObject({
      existingDirectoryId: directoryId,
      existingDirectoryActive: true,
    });
  });

  it('names the id to adopt where somebody else has a directory of that name', async () => {
    const account = await preflightAccount(example('no-database'));
    const { directoryId } = account.world.directories.place(wanted(account));

    await expect(account.run()).rejects.toMatchObject({
      name: 'Conflict',
      message: expect.stringContaining(`write "directoryId": "${directoryId}"`),
    });
  });

  it('says everything at once, a line each, and what to do then', async () => {
    const account = await preflightAccount(
      changed(example('one-way-forest'), ['onPremises', 'dnsIpAddresses'], ['10.20.0.10']),
    );
    spoil(account);

    await expect(account.run()).rejects.toMatchObject({
      name: 'PreflightFailed',
      message: expect.stringMatching(
        /^The account is not ready for the request; nothing has been changed\. Mend what is listed, then redrive/,
      ),
    });
    const found = (await account.findings()).map(({ level, code }) => `${level} ${code}`);
    expect(found).toEqual([
      'error subnet-zones',
      'error route-missing',
      'error network-acl',
      'warning single-dns-server',
      'error node-offline',
      'error node-agent-old',
      // Between the database and the directory: each of two networks, from either side.
      ...Array.from({ length: 4 }, () => 'error network-acl'),
      'error domain-role-trust',
      // Between the login function and the database: each of two networks, from either side.
      ...Array.from({ length: 4 }, () => 'error network-acl'),
    ]);
  });

  it('passes warnings on where there is no error', async () => {
    const { run } = await preflightAccount(
      changed(example('no-database'), ['onPremises', 'dnsIpAddresses'], ['10.20.0.10']),
    );

    await expect(run()).resolves.toMatchObject({
      findings: [{ level: 'warning', code: 'single-dns-server' }],
    });
  });

  it.each(['one-way-forest', 'existing-instance', 'adopted-directory', 'external'] as const)(
    'changes nothing in the account of %s, whatever it finds',
    async (name) => {
      const account = await preflightAccount(example(name));
      const before = pictureOf(account.world);

      await account.run();
      expect(pictureOf(account.world)).toEqual(before);
      spoil(account);
      const spoilt = pictureOf(account.world);
      await expect(account.run()).rejects.toMatchObject({ name: 'PreflightFailed' });

      expect(pictureOf(account.world)).toEqual(spoilt);
      expect(await account.ledger.all()).toEqual([]);
      const reads = /^\w+:(Describe|Get|List|Query)/;
      expect(account.calls.filter((call) => !reads.test(call))).toEqual([]);
    },
  );

  it.each([
    ['Throttled', mishaps.throttled],
    ['Throttled', mishaps.callLost],
    ['Forbidden', () => Promise.reject(new ServiceError('AccessDenied', 'Not allowed.'))],
  ])('is %s, not finished, whichever call fails by that', async (name, mishap) => {
    const account = await preflightAccount(example('adopted-directory'));
    await account.run();

    for (const operation of account.calls.slice()) {
      account.disturb((call, answer) =>
        `${call.service}:${call.operation}` === operation ? mishap(call, answer) : answer(),
      );
      await expect(account.run(), operation).rejects.toMatchObject({ name });
    }
  });

  it('asks for no trust before the directory is Active, nor for a database where none is wanted', async () => {
    const account = await preflightAccount(example('no-database'));
    await account.ledger.making('directory', directoryName);
    account.world.directories.create({ ...wanted(account), tags: tagged(account) });
    account.calls.length = 0;

    await account.run();

    expect(account.calls.filter((call) => /Trusts|rds:|iam:/.test(call))).toEqual([]);
  });
});
