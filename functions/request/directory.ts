import { z } from 'zod';
import { directoryId, fields, list, oneOf, subnetId, text, vpcId } from './fields.ts';
import { directoryName, firstLabel, shortName } from './names.ts';

const descriptionAdvice =
  'write at most 128 letters, digits, spaces and _ @ # % * + = : ? . / ! -, the first a letter, digit or underscore; AWS refuses commas and brackets';
const description = text(/^[A-Za-z0-9_][\\a-zA-Z0-9_@#%*+=:?./!\s-]*$/, descriptionAdvice).max(128, {
  error: descriptionAdvice,
});
const edition = oneOf('Standard', 'Enterprise');
const twoSubnets = list(subnetId, 2, 2, 'subnet ids, in two zones of the VPC');

const newDirectory = fields({
  name: directoryName,
  shortName: shortName.optional(),
  vpcId,
  subnetIds: twoSubnets,
  edition: edition.default('Standard'),
  description: description.optional(),
});
const adoptedDirectory = fields({ directoryId });
/** A directory as it is written: a new one, or one to adopt. */
export const givenDirectory = z.union([newDirectory, adoptedDirectory], {
  error:
    'write an object with name, vpcId and subnetIds of a new directory, or with directoryId of one to adopt',
});

/** The directory with everything filled in: `directoryId` is null where one is to be made, the rest where one is adopted. */
export const directorySchema = z.union([
  z.strictObject({
    directoryId,
    name: z.null(),
    shortName: z.null(),
    vpcId: z.null(),
    subnetIds: z.array(subnetId).max(0),
    edition: z.null(),
    description: z.null(),
  }),
  z.strictObject({
    directoryId: z.null(),
    name: directoryName,
    shortName,
    vpcId,
    subnetIds: twoSubnets,
    edition,
    description: description.nullable(),
  }),
]);
export type Directory = z.output<typeof directorySchema>;

/** The directory with everything filled in. */
export const normaliseDirectory = (given: z.output<typeof givenDirectory>): Directory =>
  'directoryId' in given
    ? { ...given, name: null, shortName: null, vpcId: null, subnetIds: [], edition: null, description: null }
    : {
        ...given,
        directoryId: null,
        shortName: given.shortName ?? firstLabel(given.name),
        description: given.description ?? null,
      };
