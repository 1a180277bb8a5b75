import { expect } from 'vitest';
import type { Deployment } from '../provisioning.ts';
import { succeeded } from '../succeeded.ts';
import { unhindered } from './hindrances.ts';
import type { Request } from './requests.ts';

/** What comes of a request, and what happens around it. */
export interface Story {
  /** Before it is carried out. */
  readonly before?: (deployment: Deployment) => Promise<void> | void;
  /** It does not succeed; this mends the cause, and it is redriven, or carried out anew. */
  readonly mend?: (deployment: Deployment) => void;
  readonly goesOn?: 'by a new execution';
  /** Once it has succeeded. */
  readonly after?: (deployment: Deployment, request: Request) => Promise<void>;
}

/** Carries a request out with its story, to success, and has its end explained. */
export const carryOut = async (
  deployment: Deployment,
  request: Request,
  { before, mend, goesOn, after }: Story = {},
): Promise<void> => {
  await before?.(deployment);
  let execution = await deployment.run(request);
  if (mend !== undefined) {
    expect(execution.standing.status).not.toBe('SUCCEEDED');
    expect((await deployment.explain(execution)).status).toBe(execution.standing.status);
    mend(deployment);
    // Executions are named by the second.
    await deployment.world.clock.sleep(1000);
    if (goesOn === undefined) await deployment.redrive(execution);
    else execution = await deployment.run(request);
  }
  succeeded(execution);
  expect((await deployment.explain(execution)).status).toBe('SUCCEEDED');
  unhindered(deployment);
  await after?.(deployment, request);
};
