import { expect, it } from 'vitest';
import { calledAlike } from '../../infra/called-alike.ts';
import { exampleConfiguration } from '../support/template.ts';

const [example] = exampleConfiguration().connections;
if (example === undefined) throw new Error('The example has a connection.');

const listed = (identifier: string) => ({ identifier, securityGroupIds: [] });
const other = { ...example, name: 'other', identifierPrefixes: ['crm-', 'hr'] };

it('finds listed instances that are called like new databases of any connection', () => {
  const one = { ...example, existingInstances: [listed('archive'), listed('hr-2019')] };
  const another = { ...other, existingInstances: [listed('crm'), listed('my-orders'), listed('orders')] };

  expect(calledAlike([one, another])).toEqual([
    {
      path: ['connections', 0, 'existingInstances', 1, 'identifier'],
      advice: expect.stringContaining('another prefix than "hr" in the connection "other"'),
    },
    {
      path: ['connections', 1, 'existingInstances', 2, 'identifier'],
      advice: expect.stringContaining('another prefix than "orders" in the connection "corp"'),
    },
  ]);
});
