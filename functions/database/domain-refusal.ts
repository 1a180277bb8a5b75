import { isAwsError } from '../support/aws-errors.ts';
import { NotReady } from '../support/errors.ts';

export interface Domain {
  readonly directoryId: string;
  readonly roleName: string;
}

const isRefusedRole = (error: unknown): boolean =>
  isAwsError(error, 'InvalidParameterCombination', 'InvalidParameterValue', 'AuthorizationNotFoundFault') &&
  /\brole\b/i.test(error.message);

/** Throws NotReady for a role or a directory that RDS does not know yet, and every other error as it is. */
export const throwDomainRefusal = (error: unknown, { directoryId, roleName }: Domain): never => {
  if (isAwsError(error, 'DomainNotFoundFault'))
    throw new NotReady(
      `RDS does not find the directory ${directoryId}: ${error.message} A new one takes RDS a few minutes; if this stays, the directory must be Active, in this account and Region or shared with it.`,
      { cause: error },
    );
  if (error instanceof Error && isRefusedRole(error))
    throw new NotReady(
      `RDS cannot use the role ${roleName}: ${error.message}. A new one takes RDS some seconds; if this stays, the role must be there, trust rds.amazonaws.com and directoryservice.rds.amazonaws.com, and carry the managed policy AmazonRDSDirectoryServiceAccess.`,
      { cause: error },
    );
  throw error;
};
