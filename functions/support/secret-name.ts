/** Under which name Secrets Manager keeps a secret of a request. */
export const secretName = (requestId: string, secret: 'directory-admin' | 'trust'): string =>
  `forestbridge/${requestId}/${secret}`;
