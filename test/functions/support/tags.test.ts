import { describe, expect, it } from 'vitest';
import { isOurs, isTagged, tagList } from '../../../functions/support/tags.ts';

const ours = tagList({ team: 'orders' }, 'orders');
const entry = { item: 'made#directory#aws.example.com', execution: 'arn', at: '2026-01-01T00:00:00.000Z' };

describe('isTagged', () => {
  it.each([
    ['its own tags', ours, true],
    ["another request's", tagList({}, 'books'), false],
    ['tags of others', [{ Key: 'team', Value: 'orders' }], false],
    ['half a tag', [{ Key: 'forestbridge:request' }], false],
    ['no tags', [], false],
    ['tags that AWS does not show', undefined, false],
  ])('goes by the tag of the request: %s', (_which, tags, expected) => {
    expect(isTagged(tags, 'orders')).toBe(expected);
  });
});

describe('isOurs', () => {
  it.each([
    ['is not in the ledger, whatever its tags', undefined, 'd-1', ours, false],
    ['has the id of its entry, whatever its tags', { ...entry, id: 'd-1' }, 'd-1', undefined, true],
    ['has another id than its entry, whatever its tags', { ...entry, id: 'd-2' }, 'd-1', ours, false],
    ['has an entry without an id, and the tag', entry, 'd-1', ours, true],
    ['has an entry without an id, and no tag', entry, 'd-1', [], false],
    ['has an entry without an id, and tags that AWS does not show', entry, 'd-1', undefined, false],
  ])('judges a thing that %s', (_which, found, id, tags, expected) => {
    expect(isOurs(found, id, tags, 'orders')).toBe(expected);
  });
});
