import type { NormalizedSchema } from '@smithy/core/schema';
import * as fc from 'fast-check';

const text = fc.string({ unit: 'grapheme', maxLength: 12 });
// The SDK's own client loses a key of that name.
const key = text.filter((each) => each !== '__proto__');
const time = fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true });
const number = fc.oneof(
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((each) => each + 0),
);

const isSimple = (schema: NormalizedSchema): boolean =>
  !schema.isStructSchema() && !schema.isListSchema() && !schema.isMapSchema();

const requiredOf = (schema: NormalizedSchema): readonly string[] => {
  const structure = schema.getSchema();
  return typeof structure === 'object' && structure[0] === 3 ? structure[4].slice(0, structure[6] ?? 0) : [];
};

const structures = (schema: NormalizedSchema, depth: number): fc.Arbitrary<unknown> => {
  const members = [...schema.structIterator()].filter(
    ([name, member]) => depth > 0 || isSimple(member) || requiredOf(schema).includes(name),
  );
  const one = (name: string, member: NormalizedSchema) => fc.record({ [name]: valuesOf(member, depth - 1) });
  if (schema.isUnionSchema()) return fc.oneof(...members.map(([name, member]) => one(name, member)));
  const model = Object.fromEntries(members.map(([name, member]) => [name, valuesOf(member, depth - 1)]));
  const required = requiredOf(schema);
  // The SDK makes up tokens that are not given, so these always are.
  const always = members.filter(([name, member]) => required.includes(name) || member.isIdempotencyToken());
  return fc.record(model, { requiredKeys: always.map(([name]) => name) });
};

/** Values that a schema allows, as an SDK's user would write them. */
export const valuesOf = (schema: NormalizedSchema, depth = 4): fc.Arbitrary<unknown> => {
  if (schema.isUnitSchema()) return fc.constant({});
  if (schema.isStructSchema()) return structures(schema, depth);
  if (schema.isListSchema()) return fc.array(valuesOf(schema.getValueSchema(), depth - 1), { maxLength: 3 });
  if (schema.isMapSchema())
    return fc.dictionary(key, valuesOf(schema.getValueSchema(), depth - 1), { maxKeys: 3 });
  if (schema.isNumericSchema()) return number;
  if (schema.isBooleanSchema()) return fc.boolean();
  if (schema.isTimestampSchema()) return time;
  return schema.isBlobSchema() ? fc.uint8Array({ maxLength: 12 }) : text;
};
