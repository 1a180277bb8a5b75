import { z } from 'zod';
import { InvalidRequest } from '../support/errors.ts';
import { databaseSchema, givenDatabase, normaliseDatabase } from './database.ts';
import { directorySchema, givenDirectory, normaliseDirectory } from './directory.ts';
import { fields, list, managedNodeId, oneOf, requestId } from './fields.ts';
import { domainName, shortName } from './names.ts';
import { address, network } from './networks.ts';
import { report } from './report.ts';
import { brokenRules } from './rules/rules.ts';
import { hiddenTags, tagsSchema } from './tags.ts';
import { trustSchema } from './trust.ts';

export type { Database } from './database.ts';

const networks = list(network, 1, 4, "networks that hold the company's domain controllers and DNS servers");
const clientNetworks = list(network, 1, 4, 'networks whose clients log in');
const onPremises = {
  domainName,
  shortName,
  dnsIpAddresses: list(address, 1, 4, "addresses of the company's DNS servers"),
  networks,
  domainController: fields({ managedNodeId }),
};

const onFailure = oneOf('keep', 'rollback');

const givenRequest = fields({
  requestId,
  directory: givenDirectory,
  onPremises: fields({ ...onPremises, clientNetworks: clientNetworks.optional() }),
  trust: trustSchema,
  database: givenDatabase.optional(),
  onFailure: onFailure.default('keep'),
  tags: tagsSchema.default({}),
});

const onPremisesSchema = z.strictObject({ ...onPremises, clientNetworks });
export type OnPremises = z.output<typeof onPremisesSchema>;

/** The request as every step after validate-request sees it: nothing is missing, what is absent is null. */
export const normalisedRequestSchema = z.strictObject({
  requestId,
  directory: directorySchema,
  onPremises: onPremisesSchema,
  trust: trustSchema,
  database: databaseSchema.nullable(),
  onFailure,
  tags: tagsSchema,
});
export type NormalisedRequest = z.output<typeof normalisedRequestSchema>;

const normalise = (given: z.output<typeof givenRequest>): NormalisedRequest => ({
  ...given,
  directory: normaliseDirectory(given.directory),
  onPremises: {
    ...given.onPremises,
    clientNetworks: given.onPremises.clientNetworks ?? given.onPremises.networks,
  },
  database: given.database === undefined ? null : normaliseDatabase(given.database),
});

/** What a user writes, checked by every rule and normalised. */
export const requestSchema = givenRequest
  .superRefine(
    (given, context) => {
      for (const { path, advice } of brokenRules(given))
        context.addIssue({ code: 'custom', path: [...path], message: advice });
    },
    // Also where a field is wrong: one message is to name everything.
    { when: () => true },
  )
  .transform(normalise);

/** Reads any JSON as a request; throws InvalidRequest with all that is wrong with it. */
export const parseRequest = (json: unknown): NormalisedRequest => {
  const read = requestSchema.safeParse(json);
  const hidden = hiddenTags(json);
  if (read.success && hidden.length === 0) return read.data;
  throw new InvalidRequest(report([...(read.error?.issues ?? []), ...hidden], json));
};
