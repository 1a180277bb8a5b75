import { describe, expect, it } from 'vitest';
import { outside, secretOf, verdict } from '../../support/connection-verdict.ts';
import { connection } from './configured.ts';
import { changed, example } from './requests.ts';

describe('a request for what its connection does not list', () => {
  it('may not take over an instance that is not listed, nor open it to anyone', async () => {
    const request = changed(
      changed(example('existing-instance'), ['database', 'identifier'], 'orders'),
      ['database', 'allowedNetworks'],
      ['192.0.2.0/24'],
    );

    expect(await verdict(request)).toBe(
      outside(
        'database.identifier: orders is not allowed; allowed: archive',
        'database.allowedNetworks[0]: 192.0.2.0/24 is not allowed; allowed: 10.20.0.0/16, 10.30.0.0/16',
      ),
    );
  });

  it('may not encrypt with a key that is not listed', async () => {
    const listed = { ...connection, kmsKeyIds: ['alias/databases', 'alias/archive'] };
    const request = changed(example('one-way-forest'), ['database', 'kmsKeyId'], 'alias/payroll');

    expect(await verdict(request, [listed])).toBe(
      outside('database.kmsKeyId: alias/payroll is not allowed; allowed: alias/databases, alias/archive'),
    );
  });

  it.each([
    ['where none is listed', [{ identifier: 'archive' }], 'nothing'],
    [
      'of its own',
      [{ identifier: 'archive', masterUserSecretArn: secretOf('archive') }],
      secretOf('archive'),
    ],
    [
      'that is another instance’s',
      [{ identifier: 'archive' }, { identifier: 'billing', masterUserSecretArn: secretOf('billing') }],
      'nothing',
    ],
  ])('may not log in to an instance with a secret %s', async (_which, existingInstances, allowed) => {
    const request = changed(
      example('existing-instance'),
      ['database', 'masterUserSecretArn'],
      secretOf('billing'),
    );

    expect(await verdict(request, [{ ...connection, existingInstances }])).toBe(
      outside(`database.masterUserSecretArn: ${secretOf('billing')} is not allowed; allowed: ${allowed}`),
    );
  });

  it('may have no new database where no identifier is listed', async () => {
    expect(await verdict(example('one-way-forest'), [{ ...connection, identifierPrefixes: [] }])).toBe(
      outside('database.identifier: orders is not allowed; no new database is'),
    );
  });

  it('may not adopt a directory where only names are given', async () => {
    const message = await verdict(example('adopted-directory'));

    expect(message).toBe(outside('directory.directoryId: d-0123456789 is not allowed; allowed: nothing'));
  });

  it.each([
    [
      'another directory',
      changed(example('adopted-directory'), ['directory', 'directoryId'], 'd-9876543210'),
      'directory.directoryId: d-9876543210 is not allowed; allowed: d-0123456789',
    ],
    [
      'a new one',
      example('one-way-forest'),
      'directory.name: aws.example.com is not allowed; allowed: nothing',
    ],
    [
      'a name that ends in the id',
      changed(example('one-way-forest'), ['directory', 'name'], 'aws.d-0123456789'),
      'directory.name: aws.d-0123456789 is not allowed; allowed: nothing',
    ],
  ] as const)('may not use %s where a directory is given', async (_, request, problem) => {
    const pinned = { ...connection, directory: { directoryId: 'd-0123456789' } };

    expect(await verdict(request, [pinned])).toBe(outside(problem));
  });
});
