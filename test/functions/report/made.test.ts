import { describe, expect, it } from 'vitest';
import { madeInWords } from '../../../functions/report/made.ts';

const entry = (item: string, id?: string) => ({
  item: `made#${item}`,
  execution: 'one',
  at: '2026-01-01T00:00:00.000Z',
  ...(id === undefined ? {} : { id }),
});

describe('what was made, in words', () => {
  it.each([
    [[], ''],
    [[entry('directory#aws.example.com', 'd-1234567890')], 'directory aws.example.com (d-1234567890)'],
    [[entry('directory#aws.example.com')], 'directory aws.example.com (begun, perhaps not there)'],
    [
      [
        entry('directory#aws.example.com', 'd-1111111111'),
        entry('directory#aws.example.com/second', 'd-2222222222'),
      ],
      'directory aws.example.com (d-2222222222)',
    ],
    [
      [entry('directory-rule#sg-1/egress', 'sgr-1 sgr-2')],
      "rules of the directory's security group sg-1/egress",
    ],
    [[entry('ip-route#203.0.113.0/24', 'd-1234567890')], 'IP route 203.0.113.0/24 (d-1234567890)'],
    [[entry('forwarder-in-aws#d-1/corp', 'd-1/corp')], 'DNS forwarder in AWS d-1/corp'],
    [[entry('forwarder-on-premises#aws', 'aws')], 'DNS forwarder on premises aws'],
    [
      [entry('half-in-aws#corp.example.com', 't-1234567890')],
      'half of the trust in AWS corp.example.com (t-1234567890)',
    ],
    [[entry('half-in-aws#t-1234567890', 't-1234567890')], 'half of the trust in AWS t-1234567890'],
    [[entry('half-on-premises#aws.example.com', 'x')], 'half of the trust on premises aws.example.com'],
    [[entry('secret#forestbridge/a/trust', 'arn:aws:secretsmanager:x')], 'secret forestbridge/a/trust'],
    [[entry('subnet-group#forestbridge-a', 'forestbridge-a')], 'DB subnet group forestbridge-a'],
    [[entry('security-group#forestbridge-a', 'sg-0a1b')], 'security group forestbridge-a (sg-0a1b)'],
    [[entry('security-group-rule#sg-0a1b/ingress', 'sgr-1')], 'rules of the security group sg-0a1b/ingress'],
    [[entry('instance#orders', 'orders')], 'database instance orders'],
    [
      [
        entry('membership#orders', '2026-01-01T00:00:00.000Z'),
        entry('membership#orders/reboot', '2026-01-01T00:00:00.000Z'),
      ],
      'domain membership of orders',
    ],
    [[entry('login#CORP\\a#1', 'CORP\\a#1')], 'Windows login CORP\\a#1'],
    [[entry('something-new#a', 'a')], ''],
  ])('%j', (entries, words) => {
    expect(madeInWords(entries)).toBe(words);
  });

  it('is grouped, and of many things of a kind only some are named', () => {
    const logins = ['a', 'b', 'c', 'd', 'e'].map((name) => entry(`login#CORP\\${name}`, name));
    const secrets = [entry('secret#one', 'x'), entry('secret#two', 'y')];

    expect(madeInWords([...logins, ...secrets])).toBe(
      'secret one and two; Windows login CORP\\a, CORP\\b, CORP\\c and 2 more',
    );
  });
});
