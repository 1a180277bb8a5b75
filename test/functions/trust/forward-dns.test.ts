import { describe, expect, it } from 'vitest';
import { forwardDns } from '../../../functions/trust/forward-dns.ts';
import { ServiceError } from '../../../simulator/wire/service-error.ts';
import { at, mishaps, positionsOf } from '../../support/mishaps.ts';
import { directoryId, domainName, onPremises, trustAccount } from '../../support/trust-account.ts';

const addresses = onPremises.dnsIpAddresses;
const input = { directory: { directoryId }, onPremises };
const key = `forwarder-in-aws#${directoryId}/${domainName}`;
const writes = (calls: readonly string[]) => calls.filter((call) => !/Describe|GetItem/.test(call));

describe('forward-dns in AWS', () => {
  it('makes the forwarder after the ledger knows of it', async () => {
    const { run, calls, directory, entries } = await trustAccount();

    await expect(run(forwardDns, input)).resolves.toEqual({ forwarding: addresses });

    expect(directory.forwarders.get(domainName)?.addresses).toEqual(addresses);
    expect(writes(calls)).toEqual([
      'dynamodb:PutItem',
      'ds:CreateConditionalForwarder',
      'dynamodb:UpdateItem',
    ]);
    expect(await entries()).toEqual({ [key]: addresses.join(', ') });
  });

  it('writes nothing the second time', async () => {
    const { run, disturb, calls } = await trustAccount();
    await run(forwardDns, input);
    disturb();

    await expect(run(forwardDns, input)).resolves.toEqual({ forwarding: addresses });

    expect(writes(calls)).toEqual([]);
  });

  it('adopts an equal one of others, in any order, without entering it', async () => {
    const { run, world, directory, calls, entries } = await trustAccount();
    world.trusts.forward(directory, domainName, addresses.toReversed());

    await expect(run(forwardDns, input)).resolves.toEqual({ forwarding: addresses });

    expect(writes(calls)).toEqual([]);
    expect(await entries()).toEqual({});
  });

  it.each([
    { DnsIpAddrs: ['10.99.0.1'] },
    { DnsIpAddrs: addresses, DnsIpv6Addrs: ['2001:db8::1'] },
    { DnsIpv6Addrs: ['2001:db8::1'] },
  ])('never changes one of others that differs: %j', async (forwarder) => {
    const { run, answering, calls } = await trustAccount();
    answering('DescribeConditionalForwarders', { ConditionalForwarders: [forwarder] });

    await expect(run(forwardDns, input)).rejects.toMatchObject({
      name: 'Conflict',
      message: expect.stringMatching(
        /d-1234567890 forwards corp\.example\.com to .*(10\.99\.0\.1|2001:db8::1); asked for is 10\.20\.0\.10, 10\.20\.0\.11\. .*did not make/,
      ),
    });

    expect(writes(calls)).toEqual([]);
  });

  it('changes its own that differs', async () => {
    const { run, directory, entries } = await trustAccount();
    await run(forwardDns, { ...input, onPremises: { ...onPremises, dnsIpAddresses: ['10.20.0.99'] } });

    await expect(run(forwardDns, input)).resolves.toEqual({ forwarding: addresses });

    expect(directory.forwarders.get(domainName)?.addresses).toEqual(addresses);
    expect(Object.keys(await entries())).toEqual([key]);
  });

  it('leaves alone its own that somebody has changed since', async () => {
    const { run, world, directory } = await trustAccount();
    await run(forwardDns, { ...input, onPremises: { ...onPremises, dnsIpAddresses: ['10.20.0.99'] } });
    world.trusts.forward(directory, domainName, ['10.99.0.1']);

    await expect(run(forwardDns, input)).rejects.toMatchObject({
      name: 'Conflict',
      message: expect.stringContaining('somebody has changed it since'),
    });

    expect(directory.forwarders.get(domainName)?.addresses).toEqual(['10.99.0.1']);
  });

  it.each(['DescribeConditionalForwarders', 'CreateConditionalForwarder', 'UpdateConditionalForwarder'])(
    'waits where the directory is unavailable for %s',
    async (operation) => {
      const { run, answering } = await trustAccount();
      if (operation.startsWith('Update'))
        await run(forwardDns, { ...input, onPremises: { ...onPremises, dnsIpAddresses: ['10.20.0.99'] } });
      answering(operation, new ServiceError('DirectoryUnavailableException', 'Patience.'));

      await expect(run(forwardDns, input)).rejects.toMatchObject({
        name: 'NotReady',
        message: `The directory ${directoryId} is busy at the moment: Patience.`,
      });
    },
  );

  it.each(['DescribeConditionalForwarders', 'CreateConditionalForwarder'])(
    'fails with what %s refuses',
    async (operation) => {
      const { run, answering } = await trustAccount();
      answering(operation, new ServiceError('InvalidParameterException', 'No.'));

      await expect(run(forwardDns, input)).rejects.toMatchObject({
        name: 'TrustFailed',
        message: expect.stringContaining('No.'),
      });
    },
  );

  it('takes no forwarder for its own that was made by hand after AWS refused to make one', async () => {
    const { run, disturb, world, directory, entries, answering } = await trustAccount();
    answering('CreateConditionalForwarder', new ServiceError('UnsupportedOperationException', 'Not now.'));
    await expect(run(forwardDns, input)).rejects.toMatchObject({ name: 'TrustFailed' });
    expect(await entries()).toEqual({});
    disturb();
    world.trusts.forward(directory, domainName, ['10.99.0.1']);

    await expect(run(forwardDns, input)).rejects.toMatchObject({
      name: 'Conflict',
      message: expect.stringContaining('Forestbridge did not make that conditional forwarder'),
    });

    expect(directory.forwarders.get(domainName)?.addresses).toEqual(['10.99.0.1']);
  });

  it.each([
    ['strikes out', 'DirectoryUnavailableException', {}],
    ['strikes out', 'Throttling', {}],
    ['keeps', 'EntityAlreadyExistsException', { [key]: null }],
    ['keeps', 'ServiceException', { [key]: null }],
  ])('%s its entry where AWS answers with %s', async (_what, code, expected) => {
    const { run, answering, entries } = await trustAccount();
    const status = code === 'ServiceException' ? 500 : 400;
    answering('CreateConditionalForwarder', new ServiceError(code, 'No.', {}, status));

    await expect(run(forwardDns, input)).rejects.toBeInstanceOf(Error);

    expect(await entries()).toEqual(expected);
  });

  it('looks again where one appeared meanwhile', async () => {
    const { run, answering } = await trustAccount();
    answering('CreateConditionalForwarder', new ServiceError('EntityAlreadyExistsException', 'There.'));

    await expect(run(forwardDns, input)).rejects.toMatchObject({
      name: 'NotReady',
      message: expect.stringContaining('was not there a moment ago'),
    });
  });

  it.each([{}, { ConditionalForwarders: [] }])('makes one where AWS shows none: %j', async (given) => {
    const { run, answering, directory } = await trustAccount();
    answering('DescribeConditionalForwarders', given);

    await run(forwardDns, input);

    expect(directory.forwarders.size).toBe(1);
  });

  it.each(Object.entries(mishaps))('makes one at %s, wherever it happens', async (_name, mishap) => {
    const whole = await trustAccount();
    await whole.run(forwardDns, input);

    for (const position of positionsOf(whole.calls, mishap)) {
      const { settle, disturb, directory, entries } = await trustAccount();
      disturb(at(position, mishap));
      await settle(forwardDns, input);
      await settle(forwardDns, input);
      expect(directory.forwarders.get(domainName)?.addresses).toEqual(addresses);
      expect(await entries()).toEqual({ [key]: addresses.join(', ') });
    }
  });

  it.each(Object.entries(mishaps))('changes one at %s, wherever it happens', async (_name, mishap) => {
    const before = { ...input, onPremises: { ...onPremises, dnsIpAddresses: ['10.20.0.99'] } };
    for (const position of [0, 1, 2, 3]) {
      const { settle, run, disturb, directory } = await trustAccount();
      await run(forwardDns, before);
      disturb(at(position, mishap));
      await settle(forwardDns, input);
      expect(directory.forwarders.get(domainName)?.addresses).toEqual(addresses);
    }
  });
});
