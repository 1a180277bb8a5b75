import { expect, it } from 'vitest';
import type { Connection } from '../../../functions/request/connections.ts';
import { offered, sampleRequest, unusable } from '../../../infra/catalog/offered.ts';
import { exampleConfiguration } from '../../support/template.ts';

const [example] = exampleConfiguration().connections;
if (example === undefined) throw new Error('The example has a connection.');

it.each<[string, Partial<Connection>]>([
  ['no identifier', { identifierPrefixes: [] }],
  ['no domain controller', { domainControllers: [] }],
  ['a trust that lets nobody in', { trust: { ...example.trust, direction: 'One-Way: Incoming' } }],
])('offers no connection with %s', (_, lacking) => {
  const connection = { ...example, ...lacking };

  expect(offered([connection, example])).toEqual([example]);
  expect(sampleRequest([connection])).toBeNull();
  expect(unusable([connection])).toEqual([]);
});

it.each([
  ['orders', 'orders'],
  ['crm-', 'crm-sample'],
  [`${'a'.repeat(56)}-`, `${'a'.repeat(56)}-sample`],
])('has a sample of a database whose name begins with %s', (prefix, identifier) => {
  const connection = { ...example, identifierPrefixes: [prefix] };

  expect(unusable([connection])).toEqual([]);
  expect(sampleRequest([connection])).toMatchObject({ database: { identifier } });
});
