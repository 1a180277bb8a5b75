const legal = /^[A-Za-z0-9][A-Za-z0-9-]{0,39}$/;

/** `<requestId>-<UTC yyyymmddThhmmss>`; a request whose id is not legal fails in its first step, under another name. */
export const executionName = (request: object, now: number): string => {
  const given = 'requestId' in request && typeof request.requestId === 'string' ? request.requestId : '';
  const stamp = new Date(now).toISOString().replaceAll(/[-:]|\..*$/g, '');
  return `${legal.test(given) ? given : 'invalid-request'}-${stamp}`;
};
