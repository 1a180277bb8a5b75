import { describe, expect, it } from 'vitest';
import { outside, verdict } from '../../support/connection-verdict.ts';
import { connection } from './configured.ts';
import { changed, example } from './requests.ts';

describe('a request for a domain with several connections', () => {
  const incoming = { ...connection.trust, direction: 'One-Way: Incoming' };
  const other = { ...connection, name: 'other', trust: incoming, vpcIds: ['vpc-00000000'] };
  const elsewhere = changed(example('one-way-forest'), ['directory', 'vpcId'], 'vpc-00000000');

  it('is allowed where it lies inside one of them', async () => {
    expect(await verdict(example('one-way-forest'), [other, connection])).toBe('allowed');
  });

  it('may not take a part of one and a part of another', async () => {
    expect(await verdict(elsewhere, [other, connection])).toContain(
      '- trust.direction: One-Way: Outgoing is not',
    );
  });

  it.each([
    ['first', [connection, other]],
    ['last', [{ ...other, shortName: 'ELSE' }, connection]],
  ] as const)(
    'is told what it lacks of the closest one, also where that is the %s',
    async (_, connections) => {
      const far = changed(example('one-way-forest'), ['directory', 'name'], 'example.net');

      expect(await verdict(far, connections)).toBe(
        outside('directory.name: example.net is not allowed; allowed: example.com'),
      );
    },
  );
});

describe('a request for a domain without connection', () => {
  it('is told which domains have one', async () => {
    const request = changed(example('one-way-forest'), ['onPremises', 'domainName'], 'evil.example.net');

    const other = { ...connection, name: 'other', domainName: 'b.example.com' };

    expect(await verdict(request, [connection, { ...connection, name: 'too' }, other])).toBe(
      'Forbidden: This deployment has no connection for onPremises.domainName evil.example.net; it has connections for: corp.example.com, b.example.com. Write one of them, or have a connection added to the deployment.',
    );
  });

  it('is refused by an empty list, whatever it is', async () => {
    expect(await verdict(example('no-database'), [])).toContain('it has connections for: none.');
  });
});
