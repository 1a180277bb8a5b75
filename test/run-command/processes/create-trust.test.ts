import { describe, expect, it } from 'vitest';
import { needsPowerShell, runDocument } from '../support/run-document.ts';

const arn = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:forestbridge/app1/trust-AbCdEf';
const parameters = {
  DirectoryName: 'aws.example.com',
  TrustType: 'Forest',
  Direction: 'Inbound',
  SelectiveAuthentication: 'false',
  SecretArn: arn,
  Action: 'create',
  MayChange: 'true',
};
const trust = {
  Target: 'aws.example.com',
  Direction: 'Inbound',
  ForestTransitive: true,
  SelectiveAuthentication: false,
  IntraForest: false,
  TrustType: 'Uplevel',
};
const half = { direction: 'Inbound', type: 'Forest', selectiveAuthentication: false };
const malformed = /trust-AbCdEf holds no JSON object with a password\./;
const changes = /^(Create|Update|Set|ksetup)/;
const changesOf = (calls: readonly (readonly string[])[]) =>
  calls.filter(([name = '']) => changes.test(name));

describe.concurrent('create-trust', () => {
  needsPowerShell();

  it('makes the forest half, then AES, then the password once more', async () => {
    const { exitCode, result, calls } = await runDocument('create-trust', parameters);

    expect(result).toEqual({ status: 'done', half, changed: true });
    expect(exitCode).toBe(0);
    expect(changesOf(calls)).toEqual([
      ['CreateLocalSideOfTrustRelationship', 'Forest', 'aws.example.com', 'Inbound', 'S3cret!'],
      [
        'ksetup.exe',
        '/setenctypeattr',
        'aws.example.com',
        'AES128-CTS-HMAC-SHA1-96',
        'AES256-CTS-HMAC-SHA1-96',
      ],
      ['ksetup.exe', '/getenctypeattr', 'aws.example.com'],
      ['UpdateLocalSideOfTrustRelationship', 'Forest', 'aws.example.com', 'S3cret!'],
    ]);
  });

  it.each(['Outbound', 'Bidirectional'])('makes an external %s half on the domain', async (direction) => {
    const { result, calls } = await runDocument('create-trust', {
      ...parameters,
      TrustType: 'External',
      Direction: direction,
    });

    expect(result).toEqual({
      status: 'done',
      half: { direction, type: 'External', selectiveAuthentication: false },
      changed: true,
    });
    expect(calls.filter(([, kind]) => kind === 'Domain').map(([name]) => name)).toEqual([
      'CreateLocalSideOfTrustRelationship',
      'UpdateLocalSideOfTrustRelationship',
    ]);
  });

  it.each(['create', 'reset'])('gives an equal half the password on %s', async (action) => {
    const { result, calls } = await runDocument(
      'create-trust',
      { ...parameters, Action: action },
      { trusts: [trust] },
    );

    expect(result).toEqual({ status: 'done', half, changed: true });
    expect(changesOf(calls).map(([name]) => name)).toEqual([
      'ksetup.exe',
      'ksetup.exe',
      'UpdateLocalSideOfTrustRelationship',
    ]);
  });

  it.each([
    ['another direction', { Direction: 'Outbound' }, 'half-differs'],
    ['another type', { ForestTransitive: false }, 'half-differs'],
    ['a realm', { TrustType: 'MIT' }, 'other-kind-of-trust'],
    ['a domain of the same forest', { IntraForest: true }, 'other-kind-of-trust'],
    ['a disabled trust', { Direction: 'Disabled' }, 'other-kind-of-trust'],
  ])('refuses %s and touches nothing', async (_what, difference, reason) => {
    const { exitCode, result, calls } = await runDocument('create-trust', parameters, {
      trusts: [{ ...trust, ...difference }],
    });

    expect(result).toMatchObject({ status: 'conflict', reason });
    expect(exitCode).toBe(0);
    expect(calls).toEqual([['Get-ADTrust']]);
  });

  it('leaves an equal half alone that it may not change', async () => {
    const { exitCode, result, calls } = await runDocument(
      'create-trust',
      { ...parameters, MayChange: 'false' },
      { trusts: [trust] },
    );

    expect(result).toMatchObject({ status: 'conflict', reason: 'half-exists' });
    expect(exitCode).toBe(0);
    expect(calls).toEqual([['Get-ADTrust']]);
  });

  it('does not make a half that was to be reset and is gone', async () => {
    const { exitCode, result, calls } = await runDocument('create-trust', { ...parameters, Action: 'reset' });

    expect(result).toMatchObject({ status: 'failed', reason: 'half-missing' });
    expect(exitCode).toBe(1);
    expect(changesOf(calls)).toEqual([]);
  });

  it.each([
    ['switched on', 'Outbound', false, 'true', ['True']],
    ['switched off', 'Bidirectional', true, 'false', ['False']],
    ['left as it is', 'Outbound', true, 'true', []],
    ['not for an inbound half', 'Inbound', false, 'true', []],
  ])('selective authentication is %s', async (_what, direction, before, wanted, switched) => {
    const { result, calls } = await runDocument(
      'create-trust',
      { ...parameters, Direction: direction, SelectiveAuthentication: wanted },
      { trusts: [{ ...trust, Direction: direction, SelectiveAuthentication: before }] },
    );

    expect(result).toMatchObject({
      half: { direction, selectiveAuthentication: direction === 'Inbound' ? false : wanted === 'true' },
    });
    expect(
      calls.filter(([name]) => name === 'SetSelectiveAuthenticationStatus').map((call) => call[3]),
    ).toEqual(switched);
  });

  it('reads the secret by the AWS CLI where the module is missing', async () => {
    const { result, calls } = await runDocument('create-trust', parameters, { secretsTool: 'program' });

    expect(result).toMatchObject({ status: 'done' });
    expect(calls).toContainEqual(
      [
        'aws.exe',
        'secretsmanager',
        'get-secret-value',
        '--secret-id',
        arn,
        '--region',
        'eu-central-1',
      ].concat(['--query', 'SecretString', '--output', 'text']),
    );
    expect(calls).toContainEqual([
      'UpdateLocalSideOfTrustRelationship',
      'Forest',
      'aws.example.com',
      'S3cret!',
    ]);
  });

  it('asks the Region of the secret', async () => {
    const { calls } = await runDocument('create-trust', parameters);

    expect(calls).toContainEqual(['Get-SECSecretValue', arn, 'eu-central-1']);
  });

  it.each([
    ['no tool', { secretsTool: 'none' }, 'no-secrets-tool', /Neither Get-SECSecretValue nor aws\.exe/],
    ['an exit code', { secretsTool: 'program', exitCode: 254 }, 'secret-unreadable', /exit code 254/],
    [
      'a refusal',
      {
        failures: {
          'Get-SECSecretValue': { type: 'System.InvalidOperationException', message: 'not authorized' },
        },
      },
      'secret-unreadable',
      /trust-AbCdEf could not be read: not authorized .* Allow this machine's role secretsmanager:GetSecretValue/,
    ],
    ['no JSON', { secret: 'TopSecret1!' }, 'secret-malformed', malformed],
    ['JSON cut off', { secret: '{"password":"TopSecret1!' }, 'secret-malformed', malformed],
    ['no password', { secret: '{"other":"TopSecret1!"}' }, 'secret-malformed', malformed],
    ['an empty password', { secret: '{"password":"","other":"TopSecret1!"}' }, 'secret-malformed', malformed],
    [
      'a password that is no text',
      { secret: '{"password":{"TopSecret1!":1}}' },
      'secret-malformed',
      malformed,
    ],
    ['a list', { secret: '["TopSecret1!"]' }, 'secret-malformed', malformed],
  ])('stops before any change on %s in place of the secret', async (_what, world, reason, says) => {
    const { exitCode, result, output, calls } = await runDocument('create-trust', parameters, world);

    expect(result).toMatchObject({ status: 'failed', reason });
    expect(exitCode).toBe(1);
    expect(result['message']).toMatch(says);
    expect(output).not.toContain('TopSecret1!');
    expect(changesOf(calls)).toEqual([]);
  });

  it.each([
    'CreateLocalSideOfTrustRelationship',
    'UpdateLocalSideOfTrustRelationship',
    'SetSelectiveAuthenticationStatus',
    'ksetup.exe',
  ])('says what Windows answered to %s, and never the password', async (call) => {
    const { exitCode, result, output } = await runDocument(
      'create-trust',
      { ...parameters, Direction: 'Outbound', SelectiveAuthentication: 'true' },
      {
        failures: { [call]: { code: 1355, message: 'The domain could not be contacted.' } },
        secret: '{"password":"Pa$$\\"w\\u00f6rd"}',
      },
    );

    expect(result).toMatchObject({ status: 'failed', reason: 'domain-not-found' });
    expect(result['message']).toMatch(
      /failed: The domain could not be contacted\. \(ActiveDirectoryOperationException, 0x\w{8}, code 1355\)\. Check the forwarder/,
    );
    expect(exitCode).toBe(1);
    expect(output).not.toContain('Pa$$');
  });

  it('hands a password over letter by letter', async () => {
    const password = '  $(x)`"\'%PATH%\\<>&{{y}}; é end ';
    const { calls } = await runDocument('create-trust', parameters, { secret: JSON.stringify({ password }) });

    expect(
      calls.filter(([name]) => name === 'UpdateLocalSideOfTrustRelationship').map((call) => call[3]),
    ).toEqual([password]);
  });

  it('fails where the half cannot be set to AES', async () => {
    const { result, calls } = await runDocument('create-trust', parameters, { encryption: false });

    expect(result).toMatchObject({ status: 'failed', reason: 'encryption-types' });
    expect(calls.some(([name]) => name === 'UpdateLocalSideOfTrustRelationship')).toBe(false);
  });

  it('does nothing where the agent passes no parameters', async () => {
    const { exitCode, result, calls } = await runDocument('create-trust', {});

    expect(result).toMatchObject({ status: 'failed', reason: 'parameter-missing' });
    expect(result['message']).toContain('3.3.2746.0');
    expect(exitCode).toBe(1);
    expect(calls).toEqual([]);
  });
});
