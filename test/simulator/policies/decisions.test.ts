import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Access } from '../../../simulator/policies/access.ts';
import { decide } from '../../../simulator/policies/evaluate.ts';
import { readPolicy } from '../../../simulator/policies/policy.ts';

const topic = 'arn:aws:sns:eu-central-1:111122223333:forestbridge-notifications';
const caller = ['arn:aws:iam::111122223333:role/forestbridge-conclude'];
const identity = (...Statement: readonly object[]) => [
  readPolicy('role', 'identity', { Version: '2012-10-17', Statement }),
];

const isAllowed = (given: readonly object[], access: Access): boolean =>
  decide({ caller, identity: identity(...given) }, access).allowed;

describe('Decisions', () => {
  const statements = fc.record({
    Effect: fc.constantFrom('Allow', 'Deny'),
    Action: fc.constantFrom('*', 'sns:*', 'sns:Publish', 'sns:Subscribe'),
    Resource: fc.constantFrom('*', topic, 'arn:aws:sns:*:*:other'),
    Condition: fc.constantFrom(
      {},
      { Bool: { 'aws:ViaAWSService': 'true' } },
      { 'ForAllValues:StringLike': { 'aws:TagKeys': 't*' } },
      { Null: { 'aws:TagKeys': 'true' } },
    ),
  });
  const accesses = fc.record({
    action: fc.constantFrom('sns:Publish', 'sns:Subscribe'),
    resources: fc.subarray([topic, `${topic}-2`, '*'], { minLength: 1 }),
    context: fc.constantFrom({}, { 'aws:TagKeys': ['team'] }, { 'aws:ViaAWSService': ['true'] }),
  });
  const some = fc.array(statements, { maxLength: 4 });

  it('never allow more for one more Deny', () => {
    fc.assert(
      fc.property(some, statements, accesses, (given, more, access) => {
        if (isAllowed([...given, { ...more, Effect: 'Deny' }], access))
          expect(isAllowed(given, access)).toBe(true);
      }),
    );
  });

  it('never deny more for one more Allow', () => {
    fc.assert(
      fc.property(some, statements, accesses, (given, more, access) => {
        if (isAllowed(given, access))
          expect(isAllowed([...given, { ...more, Effect: 'Allow' }], access)).toBe(true);
      }),
    );
  });

  it('do not depend on the order of statements', () => {
    fc.assert(
      fc.property(some, accesses, (given, access) => {
        expect(isAllowed(given.toReversed(), access)).toBe(isAllowed(given, access));
      }),
    );
  });

  it('come from the statements that they name, and from no other', () => {
    fc.assert(
      fc.property(some, accesses, (given, access) => {
        const decision = decide({ caller, identity: identity(...given) }, access);
        if (!decision.allowed) return;
        const named = new Set(decision.statements.map(({ statement }) => Number(statement)));
        const alone = given.filter((_each, index) => named.has(index));
        const others = given.filter(({ Effect }, index) => Effect === 'Allow' && !named.has(index));
        expect(isAllowed(alone, access)).toBe(true);
        expect(isAllowed(others, access)).toBe(false);
      }),
    );
  });

  it('on several resources are those on each of them', () => {
    fc.assert(
      fc.property(some, accesses, (given, access) => {
        const each = access.resources.map((resource) =>
          isAllowed(given, { ...access, resources: [resource] }),
        );
        expect(isAllowed(given, access)).toBe(each.every(Boolean));
      }),
    );
  });
});
