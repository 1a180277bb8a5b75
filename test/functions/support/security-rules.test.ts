import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  covers,
  missing,
  type Opening,
  permissions,
  readRule,
} from '../../../functions/support/security-rules.ts';

const opening = (change: Partial<Opening> = {}): Opening => ({
  protocol: 'tcp',
  fromPort: 445,
  toPort: 445,
  peer: '10.1.0.0/16',
  ...change,
});

const networks = fc
  .tuple(fc.nat(3), fc.integer({ min: 8, max: 16 }))
  .map(
    ([second, length]) =>
      `10.${length === 8 ? 0 : second * 64}.0.0/${length === 8 ? 8 : Math.max(length, 10)}`,
  );
const anyOpening = fc
  .record({ protocol: fc.constantFrom('tcp', 'udp'), from: fc.nat(3), more: fc.nat(2), peer: networks })
  .map(
    ({ protocol, from, more, peer }): Opening => ({ protocol, fromPort: from, toPort: from + more, peer }),
  );

describe('covers', () => {
  it.each([
    ['the same', {}, true],
    ['a wider network', { peer: '10.0.0.0/8' }, true],
    ['everywhere', { peer: '0.0.0.0/0' }, true],
    ['a narrower network', { peer: '10.1.0.0/17' }, false],
    ['a neighbour', { peer: '10.2.0.0/16' }, false],
    ['everywhere of the other family', { peer: '::/0' }, false],
    ['a group', { peer: 'sg-0123456789abcdef0' }, false],
    ['a prefix list', { peer: '' }, false],
    ['a range around the port', { fromPort: 400, toPort: 500 }, true],
    ['a range after it', { fromPort: 446, toPort: 500 }, false],
    ['a range before it', { fromPort: 400, toPort: 444 }, false],
    ['every protocol', { protocol: '-1', fromPort: -1, toPort: -1 }, true],
    ['the other protocol', { protocol: 'udp' }, false],
  ])('asks for the network, the ports and the protocol: %s', (_name, change, isCovered) => {
    expect(covers({ ...opening(), ...change }, opening())).toBe(isCovered);
  });

  it('takes a group for no other and for no network', () => {
    const group = opening({ peer: 'sg-0123456789abcdef0' });
    expect(covers(group, group)).toBe(true);
    expect(covers(opening({ peer: 'sg-0fedcba9876543210' }), group)).toBe(false);
    expect(covers(opening({ peer: '0.0.0.0/0' }), group)).toBe(false);
  });
});

describe('missing', () => {
  it('leaves nothing uncovered, and nothing twice', () => {
    fc.assert(
      fc.property(fc.array(anyOpening, { maxLength: 8 }), (wanted) => {
        const kept = missing(wanted, [], true);
        expect(wanted.filter((each) => !kept.some((one) => covers(one, each)))).toEqual([]);
        expect(kept.filter((each) => kept.some((one) => one !== each && covers(one, each)))).toEqual([]);
      }),
    );
  });

  it('counts rules of the same direction alone', () => {
    const rule = { ...opening(), id: 'sgr-1', groupId: 'sg-1', egress: true, description: '' };
    expect(missing([opening()], [rule], true)).toEqual([]);
    expect(missing([opening()], [rule], false)).toEqual([opening()]);
  });
});

describe('readRule', () => {
  it.each([
    ['a network', { CidrIpv4: '10.1.0.0/16' }, '10.1.0.0/16'],
    ['a network of IPv6', { CidrIpv6: '2001:db8::/32' }, '2001:db8::/32'],
    ['a group', { ReferencedGroupInfo: { GroupId: 'sg-1' } }, 'sg-1'],
    ['a prefix list', { PrefixListId: 'pl-1' }, ''],
  ])('knows who is at the other end: %s', (_name, said, peer) => {
    expect(readRule(said).peer).toBe(peer);
  });

  it('takes a rule that says nothing for one that lets nothing through', () => {
    expect(covers(readRule({}), opening())).toBe(false);
    expect(missing([opening()], [readRule({})], false)).toEqual([opening()]);
  });
});

describe('permissions', () => {
  it('describes each rule, for networks and for groups', () => {
    expect(
      permissions([opening(), opening({ peer: 'sg-1', protocol: 'udp' })], 'forestbridge orders'),
    ).toEqual([
      {
        IpProtocol: 'tcp',
        FromPort: 445,
        ToPort: 445,
        IpRanges: [{ CidrIp: '10.1.0.0/16', Description: 'forestbridge orders' }],
      },
      {
        IpProtocol: 'udp',
        FromPort: 445,
        ToPort: 445,
        UserIdGroupPairs: [{ GroupId: 'sg-1', Description: 'forestbridge orders' }],
      },
    ]);
  });
});
