const legal = /^[A-Za-z0-9][A-Za-z0-9-]{0,39}$/;

const idOf = (request: unknown): string =>
  typeof request === 'object' &&
  request !== null &&
  'requestId' in request &&
  typeof request.requestId === 'string'
    ? request.requestId
    : '';

/** `<requestId>-<UTC yyyymmddThhmmss>`; a request whose id is not legal fails in its first step, under another name. */
export const executionName = (request: unknown, now: number): string => {
  const given = idOf(request);
  const stamp = new Date(now).toISOString().replaceAll(/[-:]|\..*$/g, '');
  return `${legal.test(given) ? given : 'invalid-request'}-${stamp}`;
};
