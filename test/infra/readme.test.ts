import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { forbidden } from '../../functions/request/forbidden.ts';
import { parseRequest } from '../../functions/request/schema.ts';
import { exampleConfiguration } from '../support/template.ts';

it('has a request in the README that the example configuration allows', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const [, text = ''] = /```json\n(.*?)```/s.exec(readme) ?? [];

  expect(forbidden(parseRequest(JSON.parse(text)), exampleConfiguration().connections)).toBeNull();
});
