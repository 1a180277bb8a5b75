import {
  CreateMicrosoftADCommand,
  type CreateMicrosoftADCommandInput,
  DescribeDirectoriesCommand,
  type DirectoryServiceClient,
} from '@aws-sdk/client-directory-service';
import { subnetIds, vpcId } from './company.ts';
import type { companyAccount } from './company-account.ts';

export const wanted: CreateMicrosoftADCommandInput = {
  Name: 'Cloud.Example.com',
  ShortName: 'cloud',
  Password: 'S3cret-of-the-root',
  Edition: 'Standard',
  Description: 'Orders',
  VpcSettings: { VpcId: vpcId, SubnetIds: subnetIds },
  Tags: [{ Key: 'team', Value: 'orders' }],
};

export const createDirectory = async (ds: DirectoryServiceClient, difference: object = {}): Promise<string> =>
  String((await ds.send(new CreateMicrosoftADCommand({ ...wanted, ...difference }))).DirectoryId);

/** The first of these directories, or of all, as AWS tells of it. */
export const describedDirectory = async (ds: DirectoryServiceClient, ...DirectoryIds: string[]) =>
  (await ds.send(new DescribeDirectoriesCommand({ DirectoryIds }))).DirectoryDescriptions?.[0];

/** A directory that has been there for long. */
export const placeAnother = ({ world }: ReturnType<typeof companyAccount>, name: string) =>
  world.directories.place({
    name,
    shortName: 'OTHER',
    edition: 'Standard',
    description: null,
    vpcId,
    subnetIds,
    tags: new Map(),
  });
