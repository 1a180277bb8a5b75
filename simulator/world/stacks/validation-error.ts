/** What CloudFormation refuses before it begins, in AWS's words. */
export class ValidationError extends Error {
  override readonly name = 'ValidationError';
}
