import { describe, expect, it } from 'vitest';
import { type Expected, judge } from '../../../functions/domain-controller/judge.ts';
import type { Facts } from '../../../functions/domain-controller/results.ts';

const ports = [53, 88, 135, 389, 445, 464, 636, 3268, 3269];
const addresses = ['10.0.0.4', '10.0.1.4'];
const open = (closed: readonly number[] = []) =>
  Object.fromEntries(ports.map((port) => [String(port), !closed.includes(port)]));

const ready: Facts = {
  domainName: 'corp.example.com',
  shortName: 'CORP',
  forestRootDomain: 'corp.example.com',
  isDomainController: true,
  forestMode: 'Windows2016Forest',
  site: 'Default-First-Site-Name',
  secretsTool: true,
  nullSessionPipes: ['netlogon', 'samr', 'lsarpc'],
  usersWithoutPreauthentication: 0,
  half: null,
  forwarder: null,
  names: Object.fromEntries(addresses.map((address) => [address, true])),
  ports: Object.fromEntries(addresses.map((address) => [address, open()])),
  clockSkewSeconds: 0.02,
};

const expected: Expected = {
  domainName: 'corp.example.com',
  shortName: 'CORP',
  trust: { type: 'Forest' },
  directory: { name: 'aws.example.com', shortName: 'AWS', dnsIpAddresses: addresses },
};

/** As check-domain-controller reports a machine that is only a member of the domain. */
const member: Facts = {
  ...ready,
  isDomainController: false,
  shortName: '',
  forestRootDomain: '',
  forestMode: '',
  site: '',
  nullSessionPipes: [],
};

const found = (facts: Partial<Facts>, wanted: Partial<Expected> = {}) =>
  judge({ ...ready, ...facts }, { ...expected, ...wanted }).map(
    ({ level, code, message }) => `${level} ${code} ${message}`,
  );

describe('the judgement of a domain controller', () => {
  it.each<[string, Partial<Facts>, Partial<Expected>]>([
    ['is ready', {}, {}],
    ['writes names otherwise', { domainName: 'Corp.Example.com', forestRootDomain: 'CORP.example.com' }, {}],
    ['has more pipes, in capitals', { nullSessionPipes: ['NETLOGON', 'spoolss', 'Samr', 'LSARPC'] }, {}],
    ['is exactly within the time', { clockSkewSeconds: -300 }, {}],
    [
      'is in a child domain, for an external trust',
      { forestRootDomain: 'example.com' },
      { trust: { type: 'External' } },
    ],
    [
      'is of an old forest, for an external trust',
      { forestMode: 'Windows2000Forest' },
      { trust: { type: 'External' } },
    ],
    ['is of the oldest forest that will do', { forestMode: 'Windows2003Forest' }, {}],
    ['knows no directory yet', { names: {}, ports: {}, clockSkewSeconds: null }, { directory: null }],
    [
      'knows a directory without addresses yet',
      { names: {}, ports: {}, clockSkewSeconds: null },
      { directory: { name: 'aws.example.com', shortName: 'AWS', dnsIpAddresses: [] } },
    ],
  ])('finds nothing where it %s', (_which, facts, wanted) => {
    expect(found(facts, wanted)).toEqual([]);
  });

  it.each<[string, Partial<Facts>, Partial<Expected>, RegExp]>([
    ['a member', member, {}, /^error no-domain-controller .*a member of corp\.example\.com\. Name/],
    [
      'another domain',
      { domainName: 'a.example', forestRootDomain: 'a.example' },
      {},
      /^error other-domain .*belongs to a\.example, not to corp\.example\.com/,
    ],
    [
      'another NetBIOS name',
      { shortName: 'CO' },
      {},
      /^error other-short-name .*is CO, the request says CORP/,
    ],
    [
      'the directory’s NetBIOS name',
      {},
      { directory: { name: 'corp.aws.com', shortName: 'corp', dnsIpAddresses: addresses } },
      /^error same-short-name .*CORP/,
    ],
    [
      'a child domain',
      { forestRootDomain: 'example.com' },
      {},
      /^error not-forest-root .*example\.com, and this is a domain controller of corp/,
    ],
    [
      'an old forest',
      { forestMode: 'Windows2003InterimForest' },
      {},
      /^error old-forest-mode .*Windows2003InterimForest/,
    ],
    ['a very old forest', { forestMode: 'Windows2000Forest' }, {}, /^error old-forest-mode/],
    ['no tool for secrets', { secretsTool: false }, {}, /^error no-secrets-tool /],
    [
      'a pipe too few',
      { nullSessionPipes: ['netlogon', 'lsarpc'] },
      {},
      /^error null-session-pipes .*lacks samr, through/,
    ],
    ['no pipes', { nullSessionPipes: [] }, {}, /lacks netlogon, samr, lsarpc, through/],
    [
      'a name without an answer',
      { names: { '10.0.0.4': true, '10.0.1.4': false } },
      {},
      /^error name-not-resolved .*10\.0\.1\.4.*aws\.example\.com/,
    ],
    [
      'a server that was not asked',
      { names: { '10.0.0.4': true } },
      {},
      /^error name-not-resolved .*10\.0\.1\.4/,
    ],
    [
      'closed ports',
      { ports: { '10.0.0.4': open([88, 3269]), '10.0.1.4': open() } },
      {},
      /^error closed-ports .*at 10\.0\.0\.4 on TCP 88 \(Kerberos\), 3269 \(global catalog over TLS\): /,
    ],
    [
      'ports that were not tried',
      { ports: { '10.0.0.4': open() } },
      {},
      /at 10\.0\.1\.4 on TCP 53 \(DNS\), 88 .*3269/,
    ],
    ['a clock that is fast', { clockSkewSeconds: 300.4 }, {}, /^error clock-skew .*300 seconds/],
    ['a clock that is slow', { clockSkewSeconds: -900 }, {}, /^error clock-skew .*by 900 seconds/],
    ['a clock that says nothing', { clockSkewSeconds: null }, {}, /^warning clock-not-compared /],
    [
      'users without pre-authentication',
      { usersWithoutPreauthentication: 3 },
      {},
      /^warning users-without-preauthentication 3 enabled/,
    ],
    ['very many of them', { usersWithoutPreauthentication: 1000 }, {}, /1000 or more enabled/],
    ['another site', { site: 'Frankfurt' }, {}, /^warning other-site-name .*Frankfurt/],
  ])('finds %s, and only that', (_which, facts, wanted, finding) => {
    expect(found(facts, wanted)).toEqual([expect.stringMatching(finding)]);
  });

  it('finds everything at once', () => {
    const codes = judge(
      {
        ...ready,
        domainName: 'a.example',
        shortName: 'AWS',
        forestMode: 'Windows2000Forest',
        site: 'Frankfurt',
        secretsTool: false,
        nullSessionPipes: [],
        usersWithoutPreauthentication: 1,
        names: {},
        ports: {},
        clockSkewSeconds: 1000,
      },
      expected,
    ).map(({ code }) => code);

    expect(codes).toEqual([
      'other-domain',
      'other-short-name',
      'same-short-name',
      'not-forest-root',
      'old-forest-mode',
      'null-session-pipes',
      'users-without-preauthentication',
      'other-site-name',
      'no-secrets-tool',
      'name-not-resolved',
      'name-not-resolved',
      'closed-ports',
      'closed-ports',
      'clock-skew',
    ]);
  });
});
