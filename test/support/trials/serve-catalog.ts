import { expect } from 'vitest';
import { applyBreak } from '../../../simulator/world/breaks.ts';
import { form, requester } from '../catalog.ts';
import type { Deployment } from '../provisioning.ts';
import { thrown } from '../state-machines.ts';

/** A product of the catalog: launched, changed for longer than CloudFormation waits, terminated; and one that fails. */
export const serveCatalog = async (deployment: Deployment): Promise<void> => {
  const { world, visiting, account } = deployment;
  const { launch, update, terminate } = requester(deployment);
  const launched = await launch(form);
  expect(launched.error).toBeNull();
  const until = world.clock.now() + 70 * 60_000;
  visiting((state, run) =>
    state === 'Await database' && world.clock.now() < until
      ? Promise.reject(thrown('NotReady', 'It is being changed.'))
      : run(),
  );
  const slow = await update(launched.of.id, { ...form, Logins: 'DBAdmins,Readers' });
  expect(slow.error).toContain('The update is still running');
  for (const { arn } of account.executions.all) await account.executions.ended(arn);
  expect((await terminate(launched.of.id, true)).error).toBeNull();
  applyBreak(world, 'port-389');
  expect((await launch({ ...form, DatabaseIdentifier: 'orders-2' }, 'another')).status).toBe('FAILED');
};
