import {
  type DirectoryDescription,
  type DirectoryServiceClient,
  GetDirectoryLimitsCommand,
} from '@aws-sdk/client-directory-service';
import { z } from 'zod';
import { cameOf, lastAttempt } from '../../directory/attempt.ts';
import { directoriesNamed, directoryOf } from '../../directory/find-directory.ts';
import { Conflict } from '../../support/errors.ts';
import type { Finding } from '../../support/finding.ts';
import type { Ledger } from '../../support/ledger.ts';
import type { NormalisedRequest } from '../schema.ts';
import { problem } from './findings.ts';

const settingsSchema = z.object({
  VpcId: z.string(),
  SubnetIds: z.array(z.string()),
  SecurityGroupId: z.string().optional(),
});

/** Where the directory stands, or is to stand. */
export interface Place {
  readonly vpcId: string;
  readonly subnetIds: readonly string[];
  /** Null where AWS has yet to make it. */
  readonly securityGroupId: string | null;
  /** The domain controllers', as far as there are any. */
  readonly addresses: readonly string[];
}

export interface FoundDirectory {
  /** Null where one is to be made. */
  readonly directoryId: string | null;
  readonly active: boolean;
  /** Null where nobody knows, because the directory to adopt is none. */
  readonly place: Place | null;
  readonly findings: readonly Finding[];
}

const placeOf = ({ VpcSettings, DnsIpAddrs = [] }: DirectoryDescription): Place | null => {
  const { data } = settingsSchema.safeParse(VpcSettings);
  if (data === undefined) return null;
  const { VpcId: vpcId, SubnetIds: subnetIds, SecurityGroupId: securityGroupId = null } = data;
  return { vpcId, subnetIds, securityGroupId, addresses: DnsIpAddrs };
};

const longestName = 47;

/** What of an existing directory keeps it from being used. */
const unfit = (
  directory: DirectoryDescription,
  { onPremises, database }: NormalisedRequest,
  region: string,
): readonly Finding[] => {
  const { DirectoryId: id, Type, Edition, Stage, StageReason, Name = '', ShortName = '' } = directory;
  const another = 'Name another directory, or write name, vpcId and subnetIds to have a new one made.';
  if (Type !== 'MicrosoftAD')
    return [
      problem(
        'directory-type',
        `The directory ${id} is of type ${Type}; a trust needs an AWS Managed Microsoft AD of this account. ${another}`,
      ),
    ];
  if (Edition === 'Hybrid')
    return [
      problem(
        'directory-hybrid',
        `The directory ${id} is of the edition Hybrid: it extends the company's own domain, and no trust is needed or possible. ${another}`,
      ),
    ];
  const primary = directory.RegionsInfo?.PrimaryRegion ?? region;
  return [
    ...(placeOf(directory) === null
      ? [
          problem(
            'directory-place-unknown',
            `AWS does not say in which VPC and subnets the directory ${id} stands. Try again later, or name another directory.`,
          ),
        ]
      : []),
    ...(Stage === 'Active'
      ? []
      : [
          problem(
            'directory-not-active',
            `The directory ${id} is ${Stage}${StageReason === undefined ? '' : ` (${StageReason})`}, not Active. Mend it or wait for it, or name another directory.`,
          ),
        ]),
    ...(primary === region
      ? []
      : [
          problem(
            'directory-region',
            `The primary Region of the directory ${id} is ${primary}, and trusts are made only there. Run this in ${primary}, or name a directory whose primary Region is ${region}.`,
          ),
        ]),
    ...(database !== null && Name.length > longestName
      ? [
          problem(
            'directory-name-long',
            `The name of the directory ${id}, ${Name}, has ${Name.length} characters; SQL Server takes at most ${longestName}. ${another}`,
          ),
        ]
      : []),
    ...(Name.toLowerCase() === onPremises.domainName
      ? [
          problem(
            'directory-name-taken',
            `The directory ${id} has the name of the company's own domain, ${Name}. ${another}`,
          ),
        ]
      : []),
    ...(ShortName.toUpperCase() === onPremises.shortName
      ? [
          problem(
            'directory-short-name-taken',
            `The directory ${id} has the NetBIOS name of the company's own domain, ${ShortName}. ${another}`,
          ),
        ]
      : []),
  ];
};

const limits = async (client: DirectoryServiceClient, name: string): Promise<readonly Finding[]> => {
  const { DirectoryLimits } = await client.send(new GetDirectoryLimitsCommand({}));
  if (!DirectoryLimits?.CloudOnlyMicrosoftADLimitReached) return [];
  return [
    problem(
      'directory-limit',
      `There is no room for the directory ${name}: this Region has ${DirectoryLimits.CloudOnlyMicrosoftADCurrentCount} of ${DirectoryLimits.CloudOnlyMicrosoftADLimit} Microsoft ADs. Delete one that nobody needs, adopt one by its directoryId, or have the quota raised.`,
    ),
  ];
};

/** The directory of the request as far as it is there; throws Conflict where somebody else's has its name. */
export const lookForDirectory = async (
  client: DirectoryServiceClient,
  ledger: Ledger,
  request: NormalisedRequest,
): Promise<FoundDirectory> => {
  const { directory } = request;
  if (directory.directoryId !== null) {
    const { directoryId } = directory;
    const found = await directoryOf(client, directoryId);
    if (found === null) {
      const message = `There is no directory ${directoryId} in this account and Region. Correct directory.directoryId, or write name, vpcId and subnetIds to have a new one made.`;
      return { directoryId, active: false, place: null, findings: [problem('directory-missing', message)] };
    }
    const findings = unfit(found, request, await client.config.region());
    return { directoryId, active: found.Stage === 'Active', place: placeOf(found), findings };
  }
  const { name, vpcId, subnetIds } = directory;
  const place = { vpcId, subnetIds, securityGroupId: null, addresses: [] };
  const present = (await directoriesNamed(client, name)).filter(({ Stage }) => Stage !== 'Deleting');
  const [foreign] = present;
  if (foreign === undefined)
    return { directoryId: null, active: false, place, findings: await limits(client, name) };
  const found = await cameOf(await lastAttempt(ledger, name), client, present, request.requestId);
  if (found === undefined)
    throw new Conflict(
      `A directory named ${name} exists, ${foreign.DirectoryId}, and this request did not make it. ` +
        `To use it, write "directoryId": "${foreign.DirectoryId}" as the request's directory instead of a new one.`,
    );
  return {
    directoryId: String(found.DirectoryId),
    active: found.Stage === 'Active',
    place: placeOf(found) ?? place,
    findings: [],
  };
};
