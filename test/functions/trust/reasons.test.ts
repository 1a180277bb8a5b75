import { describe, expect, it } from 'vitest';
import { explained } from '../../../functions/trust/reasons.ts';

describe('the reasons of a failed trust', () => {
  it.each([
    [
      'Access is denied',
      /^AWS: Access is denied\. Usually the two halves have different passwords.*netlogon, samr and lsarpc.*first sites/,
    ],
    [
      'The specified domain name does not exist or could not be contacted',
      /could not be contacted\. Usually the directory does not reach.*conditional forwarders on both sides.*IP route/,
    ],
    [
      'The specified domain does not exist or could not be contacted. Name: corp.example.com',
      /Name: corp\.example\.com\. Usually the directory does not reach/,
    ],
    [
      'The operation could not be performed on this domain.',
      /on this domain\. Usually both domains have the same NetBIOS name/,
    ],
    ['Required and valid domain name.', /Usually the domain's name has a single label/],
    [
      'Something new',
      /^AWS: Something new\. This is none of the usual reasons.*AWSSupport-TroubleshootDirectoryTrust/,
    ],
    [undefined, /^AWS gives no reason\. This is none of the usual reasons/],
  ])('explains %j', (reason, text) => {
    expect(explained(reason)).toMatch(text);
  });

  it('says "could not be contacted" only where AWS does: another verification may then help', () => {
    for (const reason of [
      'Access is denied.',
      'The operation could not be performed on this domain.',
      'Required and valid domain name.',
      'Other',
      undefined,
    ])
      expect(explained(reason)).not.toContain('could not be contacted');
  });
});
