import { describe, expect, it } from 'vitest';
import { documentSchema, resultSchemas } from '../../../functions/domain-controller/results.ts';
import { documents } from '../../../run-command/documents.ts';

describe('the documents that functions know', () => {
  it('are those that there are', () => {
    const names = documents().map(({ name }) => name);

    expect(documentSchema.options.toSorted()).toEqual(names.toSorted());
    expect(Object.keys(resultSchemas).toSorted()).toEqual(names.toSorted());
  });
});
