import { describe, expect, it } from 'vitest';
import { needsPowerShell, runDocument } from '../support/run-document.ts';

const parameters = {
  DirectoryName: 'aws.example.com',
  DirectoryDnsIpAddresses: '10.0.0.10,10.0.1.10',
  MayChange: 'false',
};
const forwarder = {
  ZoneName: 'AWS.example.com',
  ZoneType: 'Forwarder',
  IsDsIntegrated: true,
  MasterServers: ['10.0.1.10', '10.0.0.10'],
};
const elsewhere = { ...forwarder, ZoneName: 'example.com', ZoneType: 'Primary', MasterServers: null };
const cleared = [['Clear-DnsServerCache', 'True'], ['Clear-DnsClientCache']];

describe.concurrent('forward-dns', () => {
  needsPowerShell();

  it('makes a forwarder for the whole domain and forgets the answers from before', async () => {
    const { exitCode, result, calls } = await runDocument('forward-dns', parameters, { zones: [elsewhere] });

    expect(result).toEqual({ status: 'done', forwarder: ['10.0.0.10', '10.0.1.10'], changed: true });
    expect(exitCode).toBe(0);
    expect(calls).toEqual([
      ['Add-DnsServerConditionalForwarderZone', 'aws.example.com', 'Domain', '10.0.0.10', '10.0.1.10'],
      ...cleared,
    ]);
  });

  it('answers with a list where there is one server', async () => {
    const { result } = await runDocument('forward-dns', {
      ...parameters,
      DirectoryDnsIpAddresses: '10.0.0.10',
    });

    expect(result).toEqual({ status: 'done', forwarder: ['10.0.0.10'], changed: true });
  });

  it.each([
    ['true', ['10.0.0.10', '10.0.1.10'], ['10.0.1.10', '10.0.0.10']],
    ['false', ['10.0.1.10', '10.0.0.10'], ['10.0.0.10', '10.0.1.10']],
  ])(
    'leaves an equal forwarder alone, in any order of its servers (%s)',
    async (mayChange, wanted, present) => {
      const { result, calls } = await runDocument(
        'forward-dns',
        { ...parameters, DirectoryDnsIpAddresses: wanted.join(','), MayChange: mayChange },
        { zones: [elsewhere, { ...forwarder, MasterServers: present }] },
      );

      expect(result).toEqual({ status: 'done', forwarder: present, changed: false });
      expect(calls).toEqual([]);
    },
  );

  it.each([
    ['another server', { MasterServers: ['10.9.9.9'] }, /10\.9\.9\.9 instead of 10\.0\.0\.10, 10\.0\.1\.10/],
    ['a server less', { MasterServers: ['10.0.0.10'] }, /forwards to 10\.0\.0\.10 instead/],
    ['one DNS server alone', { IsDsIntegrated: false }, /kept by this DNS server alone/],
  ])('does not change a forwarder with %s that it did not make', async (_what, difference, message) => {
    const { exitCode, result, calls } = await runDocument('forward-dns', parameters, {
      zones: [{ ...forwarder, ...difference }],
    });

    expect(result).toMatchObject({ status: 'conflict', reason: 'forwarder-differs' });
    expect(result['message']).toMatch(message);
    expect(exitCode).toBe(0);
    expect(calls).toEqual([]);
  });

  it.each([
    ['servers', { MasterServers: ['10.9.9.9'] }, []],
    [
      'servers and scope',
      { MasterServers: ['10.9.9.9'], IsDsIntegrated: false },
      [['Set-DnsServerConditionalForwarderZone', 'aws.example.com', 'Domain']],
    ],
  ])('changes %s where it may', async (_what, difference, scope) => {
    const { result, calls } = await runDocument(
      'forward-dns',
      { ...parameters, MayChange: 'true' },
      { zones: [{ ...forwarder, ...difference }] },
    );

    expect(result).toEqual({ status: 'done', forwarder: ['10.0.0.10', '10.0.1.10'], changed: true });
    expect(calls).toEqual([
      ['Set-DnsServerConditionalForwarderZone', 'aws.example.com', '10.0.0.10', '10.0.1.10'],
      ...scope,
      ...cleared,
    ]);
  });

  it.each(['Primary', 'Secondary', 'Stub'])('never touches a zone of type %s', async (type) => {
    const { result, calls } = await runDocument(
      'forward-dns',
      { ...parameters, MayChange: 'true' },
      { zones: [{ ...forwarder, ZoneType: type }] },
    );

    expect(result).toMatchObject({ status: 'conflict', reason: 'zone-exists' });
    expect(result['message']).toContain(type);
    expect(calls).toEqual([]);
  });

  it('says what Windows answered, in ASCII whatever its language', async () => {
    const { exitCode, result, output } = await runDocument('forward-dns', parameters, {
      failures: {
        'Add-DnsServerConditionalForwarderZone': {
          type: 'System.UnauthorizedAccessException',
          message: 'Zugriff verweigert für «CORP»',
        },
      },
    });

    expect(result).toMatchObject({ status: 'failed', reason: 'access-denied' });
    expect(result['message']).toContain(
      'Zugriff verweigert für «CORP» (System.UnauthorizedAccessException, 0x80070005, code 5)',
    );
    expect(output).toMatch(/^[\x20-\x7E]+\n$/);
    expect(exitCode).toBe(1);
  });

  it.each(Object.keys(parameters))('does nothing without %s', async (missing) => {
    const { result, calls } = await runDocument('forward-dns', { ...parameters, [missing]: '' });

    expect(result).toMatchObject({ status: 'failed', reason: 'parameter-missing' });
    expect(result['message']).toContain(`SSM_${missing}`);
    expect(calls).toEqual([]);
  });
});
