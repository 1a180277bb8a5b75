import { describe, expect, it } from 'vitest';
import { needsPowerShell, runDocument } from '../support/run-document.ts';

const trust = {
  Target: 'aws.example.com',
  Direction: 'Inbound',
  ForestTransitive: true,
  SelectiveAuthentication: false,
  IntraForest: false,
  TrustType: 'Uplevel',
};
const parameters = { DirectoryName: 'aws.example.com', TrustType: 'Forest', Direction: 'Inbound' };

describe.concurrent('confirm-trust', () => {
  needsPowerShell();

  it('reads an inbound half back, of which nothing can be verified from here', async () => {
    const { exitCode, result, calls } = await runDocument('confirm-trust', parameters, {
      trusts: [{ ...trust, Target: 'other.example.com', Direction: 'Outbound' }, trust],
    });

    expect(result).toEqual({
      status: 'done',
      half: { direction: 'Inbound', type: 'Forest', selectiveAuthentication: false },
      verified: null,
    });
    expect(exitCode).toBe(0);
    expect(calls).toEqual([['Get-ADTrust']]);
  });

  it.each([
    ['Outbound', 'Outbound', 'Forest', 'Forest'],
    ['Bidirectional', 'BiDirectional', 'Forest', 'Forest'],
    ['Bidirectional', 'BiDirectional', 'External', 'Domain'],
  ])('verifies a half that is %s', async (direction, onWindows, type, side) => {
    const { result, calls } = await runDocument(
      'confirm-trust',
      { ...parameters, Direction: direction, TrustType: type },
      {
        trusts: [
          {
            ...trust,
            Direction: onWindows,
            ForestTransitive: type === 'Forest',
            SelectiveAuthentication: true,
          },
        ],
      },
    );

    expect(result).toEqual({
      status: 'done',
      half: { direction, type, selectiveAuthentication: true },
      verified: true,
    });
    expect(calls).toContainEqual(['VerifyOutboundTrustRelationship', side, 'aws.example.com']);
  });

  it('fails with the reason where it cannot be verified', async () => {
    const { exitCode, result } = await runDocument(
      'confirm-trust',
      { ...parameters, Direction: 'Outbound' },
      {
        trusts: [{ ...trust, Direction: 'Outbound' }],
        failures: { VerifyOutboundTrustRelationship: { code: 1311, message: 'No logon servers.' } },
      },
    );

    expect(result).toMatchObject({ status: 'failed', reason: 'not-verified' });
    expect(result['message']).toContain(
      'No logon servers. (ActiveDirectoryOperationException, 0x80131500, code 1311)',
    );
    expect(exitCode).toBe(1);
  });

  it.each([
    ['no half', [], { status: 'failed', reason: 'half-missing' }],
    [
      'another direction',
      [{ ...trust, Direction: 'BiDirectional' }],
      { status: 'conflict', reason: 'half-differs' },
    ],
    ['another type', [{ ...trust, ForestTransitive: false }], { status: 'conflict', reason: 'half-differs' }],
  ])('does not confirm %s', async (_what, trusts, expected) => {
    const { result } = await runDocument('confirm-trust', parameters, { trusts });

    expect(result).toMatchObject(expected);
  });
});
