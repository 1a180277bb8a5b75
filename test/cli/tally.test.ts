import { describe, expect, it } from 'vitest';
import { functionKey, operatorKey } from '../../cli/signatures.ts';
import { Tally } from '../../cli/tally.ts';

const call = (service: string, operation: string, input: unknown = {}) => ({
  service,
  accessKeyId: functionKey('ensure-trust'),
  operation,
  input,
});

const counted = async (...calls: readonly Parameters<Tally['around']>[0][]) => {
  const tally = new Tally();
  for (const each of calls) await tally.around(each, async () => 'answered');
  return { apiCalls: tally.apiCalls, writes: tally.writes };
};

describe('a tally', () => {
  it.each([
    ['ds', 'CreateTrust', 1],
    ['ds', 'DescribeTrusts', 0],
    ['ec2', 'AuthorizeSecurityGroupEgress', 1],
    ['secretsmanager', 'GetSecretValue', 0],
    ['iam', 'ListAttachedRolePolicies', 0],
    ['dynamodb', 'PutItem', 0],
    ['sns', 'Publish', 0],
  ])('of %s %s counts a call and %i changes', async (service, operation, writes) => {
    expect(await counted(call(service, operation))).toEqual({ apiCalls: 1, writes });
  });

  it.each([
    ['forestbridge-create-trust', 1],
    ['forestbridge-forward-dns', 1],
    ['forestbridge-check-domain-controller', 0],
    ['forestbridge-confirm-trust', 0],
  ])('of a command by %s counts %i changes', async (DocumentName, writes) => {
    expect(await counted(call('ssm', 'SendCommand', { DocumentName }))).toEqual({ apiCalls: 1, writes });
  });

  it('counts a command without document as a change, and gives the answer back', async () => {
    expect(await counted(call('ssm', 'SendCommand'))).toEqual({ apiCalls: 1, writes: 1 });
    expect(await new Tally().around(call('ds', 'CreateTrust'), async () => 'answer')).toBe('answer');
  });

  it('does not count what anybody else asks', async () => {
    const other = { ...call('ds', 'CreateTrust'), accessKeyId: operatorKey };

    expect(await counted(other)).toEqual({ apiCalls: 0, writes: 0 });
  });
});
