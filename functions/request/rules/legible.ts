import { z } from 'zod';
import { directoryName, domainName, loginName, shortName } from '../names.ts';
import { address, network } from '../networks.ts';

const whereLegible = <Field extends z.ZodType>(field: Field) => field.optional().catch(undefined);
/** No list of a legal request is longer; rules that compare all with all stay cheap. */
const longest = 100;
const each = <Element extends z.ZodType>(element: Element) =>
  z
    .array(whereLegible(element))
    .overwrite((values) => values.slice(0, longest))
    .catch([]);
const part = <Shape extends z.ZodRawShape>(shape: Shape) => whereLegible(z.object(shape));

/** What of a request can be judged, which may be wrong anywhere; whatever is illegible is undefined. */
export const legible = z.object({
  directory: part({
    /** Undefined where a directory is to be made. */
    directoryId: z.unknown().optional(),
    name: whereLegible(directoryName),
    /** Null where it is illegible, undefined where it is left to its default. */
    shortName: shortName.nullish().catch(null),
    subnetIds: each(z.string()),
  }),
  onPremises: part({
    domainName: whereLegible(domainName),
    shortName: whereLegible(shortName),
    dnsIpAddresses: each(address),
    networks: each(network),
    clientNetworks: each(network),
  }),
  trust: part({ direction: whereLegible(z.string()) }),
  database: part({
    engine: whereLegible(z.string()),
    allocatedStorage: whereLegible(z.number()),
    storageType: whereLegible(z.string()),
    iops: z.unknown().optional(),
    multiAz: whereLegible(z.boolean()),
    backupRetentionDays: whereLegible(z.number()),
    subnetIds: each(z.string()),
    securityGroupIds: each(z.string()),
    allowedNetworks: each(network),
    windowsLogins: each(z.object({ name: whereLegible(loginName) })),
  }),
});
type Legible = z.output<typeof legible>;

/** One thing wrong with a request, and what to write instead. */
export interface Problem {
  readonly path: readonly PropertyKey[];
  readonly advice: string;
}

export type Rule = (request: Legible) => Iterable<Problem>;
