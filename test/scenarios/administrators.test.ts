import { beforeAll, describe, expect, it } from 'vitest';
import type { Directory } from '../../simulator/world/directories.ts';
import type { Forest } from '../../simulator/world/forest.ts';
import type { World } from '../../simulator/world/world.ts';
import { likenessAfter, likenessOf } from '../support/likeness.ts';
import { deployedForTest, requestNamed } from '../support/provisioning.ts';
import type { Plain } from '../support/world-snapshot.ts';

const name = 'aws.example.com';

const first = <Thing>([thing]: readonly Thing[]): Thing => {
  if (thing === undefined) throw new Error('The world lacks what the story is about.');
  return thing;
};
const companyOf = ({ forests }: World): Forest => first(forests);
const directoryOf = ({ directories }: World): Directory => first(directories.all);
const forget = (world: World): void => void companyOf(world).halves.delete(name);

const setPassword = (world: World, password: string): void => {
  const half = companyOf(world).halves.get(name);
  if (half !== undefined) half.password = password;
};

interface Story {
  readonly request?: string;
  /** The state before which somebody interferes; null where it was before the execution. */
  readonly at: string | null;
  readonly spoil: (world: World) => void;
  readonly error: string;
  readonly state: string;
  readonly cause: RegExp;
  readonly mend: (world: World) => Promise<void> | void;
  readonly goesOn: 'by a redrive' | 'by a new execution';
}

const accessDenied = {
  at: 'Ensure trust',
  error: 'TrustFailed',
  state: 'Verify trust',
  cause: /Access is denied\. .* start a new execution, which makes both halves anew with one password/,
};

const stories: Readonly<Record<string, Story>> = {
  'another password on premises, and a repair': {
    ...accessDenied,
    spoil: (world) => setPassword(world, 'Chosen-by-hand-1'),
    mend: () => {},
    goesOn: 'by a new execution',
  },
  'another password on premises, and the right one given by hand': {
    ...accessDenied,
    spoil: (world) => setPassword(world, 'Chosen-by-hand-1'),
    mend: (world) => setPassword(world, first(directoryOf(world).trusts).password),
    goesOn: 'by a redrive',
  },
  'a half removed on premises': {
    ...accessDenied,
    spoil: forget,
    mend: () => {},
    goesOn: 'by a new execution',
  },
  'a half removed on premises, and then the other one': {
    ...accessDenied,
    spoil: forget,
    mend: (world) => void directoryOf(world).trusts.splice(0),
    goesOn: 'by a new execution',
  },
  "somebody else's half on premises": {
    at: null,
    spoil: (world) => {
      const half = { type: 'Forest', direction: 'Inbound', selectiveAuthentication: false } as const;
      companyOf(world).halves.set(name, { ...half, password: 'Known-to-nobody-1' });
    },
    error: 'Conflict',
    state: 'Check domain controller again',
    cause: /Forestbridge did not make that half.* delete it there, then redrive the execution/,
    mend: forget,
    goesOn: 'by a redrive',
  },
  "somebody else's forwarder on premises": {
    at: null,
    spoil: (world) => void companyOf(world).forwarders.set(name, ['10.20.0.99']),
    error: 'Conflict',
    state: 'Forward DNS on premises',
    cause: /forwards to 10\.20\.0\.99 instead of .*Forestbridge did not make it: change or remove it/,
    mend: (world) => void companyOf(world).forwarders.delete(name),
    goesOn: 'by a redrive',
  },
  'an instance that came to nothing, and was deleted': {
    request: 'one-way-forest',
    at: 'Await database',
    spoil: ({ databases }) => {
      first(databases.all).status = 'incompatible-network';
    },
    error: 'DatabaseFailed',
    state: 'Await database',
    cause: /orders is incompatible-network\. .* mend them, or delete the instance/,
    mend: async ({ databases, clock }) => {
      databases.delete(first(databases.all));
      await clock.sleep(10 * 60_000);
    },
    goesOn: 'by a redrive',
  },
};

describe('administrators', () => {
  const undisturbed = new Map<string, Plain>();

  beforeAll(async () => {
    for (const name of ['one-way-forest', 'no-database'])
      undisturbed.set(name, await likenessAfter(requestNamed(name)));
  });

  it.each(Object.entries(stories))('are told of %s, and go on', async (_what, story) => {
    const name = story.request ?? 'no-database';
    const request = requestNamed(name);
    const { account, world, visiting, run, redrive, explain } = await deployedForTest(request);
    let isSpoilt = false;
    const spoilAt = (state: string | null): void => {
      if (isSpoilt || state !== story.at) return;
      isSpoilt = true;
      story.spoil(world);
    };
    spoilAt(null);
    visiting((state, run) => {
      spoilAt(state);
      return run();
    });

    const execution = await run(request);

    expect(execution.standing).toMatchObject({ status: 'FAILED', error: story.error });
    const { cause } = await explain(execution);
    expect(cause).toContain(`failed at "${story.state}" on `);
    expect(cause).toMatch(story.cause);
    if (story.goesOn === 'by a redrive') expect(cause).toMatch(/then continue where it stopped: aws stepfun/);

    await story.mend(world);
    const next = story.goesOn === 'by a redrive' ? execution : await run(request);
    if (next === execution) await redrive(execution);

    expect(next.standing).toMatchObject({ status: 'SUCCEEDED' });
    expect(await likenessOf(account)).toEqual(undisturbed.get(name));
  });

  it('who redrive what only a new execution mends are told so', async () => {
    const request = requestNamed('no-database');
    const { world, visiting, run, redrive, explain } = await deployedForTest(request);
    visiting((state, run) => {
      if (state === 'Ensure trust') forget(world);
      return run();
    });
    const execution = await run(request);
    visiting();
    directoryOf(world).trusts.splice(0);

    await redrive(execution);

    expect((await explain(execution)).cause).toMatch(
      /failed at "Verify trust" .* is gone\. Start a new execution.* then start a new execution of the same request/,
    );
  });
});
