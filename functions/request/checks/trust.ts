import {
  type DirectoryServiceClient,
  paginateDescribeTrusts,
  type Trust,
} from '@aws-sdk/client-directory-service';
import type { Finding } from '../../support/finding.ts';
import type { NormalisedRequest } from '../schema.ts';
import { problem } from './findings.ts';

const isWith = (trust: Trust, domainName: string): boolean =>
  trust.RemoteDomainName?.toLowerCase().replace(/\.$/, '') === domainName &&
  trust.TrustState !== 'Deleting' &&
  trust.TrustState !== 'Deleted';

/** A trust between the two domains that is there must be the one that is asked for: neither direction nor type can be changed. */
export const existingTrust = async (
  client: DirectoryServiceClient,
  directoryId: string,
  { onPremises: { domainName }, trust }: Pick<NormalisedRequest, 'onPremises' | 'trust'>,
): Promise<readonly Finding[]> => {
  const findings: Finding[] = [];
  for await (const { Trusts = [] } of paginateDescribeTrusts({ client }, { DirectoryId: directoryId }))
    for (const { TrustId, TrustDirection, TrustType } of Trusts.filter((each) => isWith(each, domainName)))
      if (TrustDirection !== trust.direction || TrustType !== trust.type)
        findings.push(
          problem(
            'trust-differs',
            `The directory ${directoryId} has a trust with ${domainName} already, ${TrustId}: ${TrustType}, ${TrustDirection}. Asked for is ${trust.type}, ${trust.direction}, and neither can be changed. Correct the request's trust, or delete both halves of the one that is there.`,
          ),
        );
  return findings;
};
