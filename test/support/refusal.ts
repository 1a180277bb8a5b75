import { expect } from 'vitest';

/** The error by which a step refuses. */
export const refusal = (errorName: string, message: RegExp) => ({
  name: errorName,
  message: expect.stringMatching(message),
});
