import { describe, expect, it } from 'vitest';
import { finding, published, requestWith } from '../../support/published-result.ts';

describe('publish-result, as to what is to be done yet,', () => {
  it.each([
    ['the rights that a selective trust wants', { request: requestWith(true) }, ['allowed-to-authenticate']],
    ['the reboot that is owed', { membership: { membership: 'joined', rebootOwed: true } }, ['reboot-owed']],
    ['the join that is owed', { membership: { membership: 'owed', rebootOwed: true } }, ['membership-owed']],
    [
      'both',
      { request: requestWith(true), membership: { membership: 'owed', rebootOwed: true } },
      ['membership-owed', 'allowed-to-authenticate'],
    ],
  ])('warns of %s', async (_, change, codes) => {
    const { findings } = await published(change);

    expect(findings[0]).toEqual(finding);
    const warnings = findings.slice(1);
    expect(warnings.map(({ code }) => code)).toEqual(codes);
    for (const { level, message } of warnings) {
      expect(level).toBe('warning');
      expect(message).toContain('orders');
      expect(message).toContain('aws.example.com (d-1234567890)');
    }
  });

  it('tells what to do about each', async () => {
    const { findings } = await published({
      request: requestWith(true),
      membership: { membership: 'owed', rebootOwed: true },
    });
    expect(findings[1]?.message).toContain('write "allowInterruption": true');
    expect(findings[2]?.message).toContain('"Allowed to Authenticate"');
    const owed = await published({ membership: { membership: 'joined', rebootOwed: true } });
    expect(owed.findings[1]?.message).toContain('Reboot it');
  });
});
