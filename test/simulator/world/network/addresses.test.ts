import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonical, clearOf, nth, within } from '../../../../simulator/world/network/addresses.ts';

describe('addresses', () => {
  it.each([
    ['100.68.0.18/18', '100.68.0.0/18'],
    ['10.1.2.3/32', '10.1.2.3/32'],
    ['2001:db8::1/32', '2001:db8::/32'],
  ])('clears the host bits of %s', (written, kept) => {
    expect(canonical(written)).toBe(kept);
  });

  it('keeps every network around its own addresses', () => {
    const octet = fc.nat(255);
    fc.assert(
      fc.property(octet, octet, octet, octet, fc.integer({ min: 0, max: 32 }), (a, b, c, d, length) => {
        const address = `${a}.${b}.${c}.${d}`;
        const network = canonical(`${address}/${length}`);
        return within(address, network) && canonical(network) === network;
      }),
    );
  });

  it('counts on from the start of a network, over the bytes', () => {
    expect(['10.0.1.7/24', '10.0.255.0/24'].map((cidr) => nth(cidr, 4))).toEqual(['10.0.1.4', '10.0.255.4']);
    expect(nth('10.0.0.0/8', 65_536 + 256 + 1)).toBe('10.1.1.1');
  });

  it('finds room beside what is taken, and says where there is none', () => {
    const taken = ['10.64.7.0/24', '172.16.0.0/12'];
    expect(clearOf(taken, ['10.64', '172.24', '192.168'])).toBe('192.168');
    expect(() => clearOf(taken, ['10.64', '172.24'])).toThrow('no network that is clear of the company');
  });
});
