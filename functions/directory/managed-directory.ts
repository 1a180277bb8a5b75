import type { DirectoryDescription, DirectoryStage } from '@aws-sdk/client-directory-service';
import { z } from 'zod';
import { Conflict, DirectoryFailed, NotReady } from '../support/errors.ts';

/** An Active directory, as the steps after ensure-directory see it. */
export const managedDirectorySchema = z.object({
  directoryId: z.string(),
  name: z.string(),
  shortName: z.string(),
  vpcId: z.string(),
  subnetIds: z.array(z.string()),
  securityGroupId: z.string(),
  dnsIpAddresses: z.array(z.string()).min(1),
});

export type ManagedDirectory = z.output<typeof managedDirectorySchema>;

const underWay = new Set<DirectoryStage>(['Requested', 'Creating', 'Created', 'Restoring', 'Updating']);

export const isUnderWay = ({ Stage }: DirectoryDescription): boolean =>
  Stage !== undefined && underWay.has(Stage);

/** The directory once it can be used; NotReady while AWS works on it, else an error that ends with the advice. */
export const active = (found: DirectoryDescription, advice: string): ManagedDirectory => {
  const {
    DirectoryId: id,
    Type,
    Edition,
    Stage: stage = 'Requested',
    StageReason = 'no reason given',
  } = found;
  if (Type !== 'MicrosoftAD' || Edition === 'Hybrid')
    throw new Conflict(
      `The directory ${id} is of type ${Type}, edition ${Edition}; a trust needs an AWS Managed Microsoft AD ` +
        'of its own, Standard or Enterprise. Name another directory.',
    );
  if (underWay.has(stage)) throw new NotReady(`The directory ${id} is ${stage}.`);
  if (stage !== 'Active')
    throw new DirectoryFailed(
      `The directory ${id} is ${stage}. AWS: ${StageReason.replace(/\.?\s*$/, '.')} ${advice}`,
    );
  return managedDirectorySchema.parse({
    directoryId: id,
    name: found.Name,
    shortName: found.ShortName,
    vpcId: found.VpcSettings?.VpcId,
    subnetIds: found.VpcSettings?.SubnetIds,
    securityGroupId: found.VpcSettings?.SecurityGroupId,
    dnsIpAddresses: found.DnsIpAddrs,
  });
};
