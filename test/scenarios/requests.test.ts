import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resultSchema } from '../../functions/report/result.ts';
import { parseRequest } from '../../functions/request/schema.ts';
import type { Execution } from '../../simulator/states/execution.ts';
import { asRequested } from '../support/as-requested.ts';
import { madeFor } from '../support/made-for.ts';
import { overhear, rememberingLog } from '../support/overhear.ts';
import { type Deployment, deployed, requestNamed, requestNames } from '../support/provisioning.ts';
import { standingIn } from '../support/standing.ts';
import { ledgerOf, type Snapshot, snapshotOf } from '../support/world-snapshot.ts';

/** What every execution writes of itself. */
const ofExecutions = /^(conclusion(#.*)?|request)$/;

const lasting = ({ ledger, ...rest }: Snapshot) => ({
  ...rest,
  ledger: ledger.filter(({ item = '' }) => !ofExecutions.test(item)),
});

describe.each(requestNames)('the request %s', (name) => {
  const request = requestNamed(name);
  const normalised = parseRequest(request);
  let deployment: Deployment;
  let execution: Execution;
  let overheard: ReturnType<typeof overhear>;
  const log = rememberingLog();

  beforeAll(async () => {
    deployment = await deployed([request], log);
    overheard = overhear(deployment);
    execution = await deployment.run(request);
  });
  afterAll(() => deployment.close());

  it('succeeds and hands back what it made', () => {
    expect(execution.standing).toMatchObject({ status: 'SUCCEEDED' });
    const { requestId, directory, trust, database, findings } = resultSchema
      .strict()
      .parse(execution.standing.output);
    const [made] = deployment.world.directories.all;
    expect({ requestId, directory, trust: trust.id }).toEqual({
      requestId: normalised.requestId,
      directory: { id: made?.directoryId, name: made?.name },
      trust: made?.trusts[0]?.trustId,
    });
    expect(database?.identifier).toBe(normalised.database?.identifier);
    expect(findings.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('makes exactly what is asked for', () => {
    expect(standingIn(deployment.world)).toEqual(asRequested(normalised, deployment.world));
  });

  it('makes the logins, in their order', () => {
    const { identifier = '', windowsLogins = [] } = normalised.database ?? {};
    expect(deployment.account.sqlServers.serverOf(identifier)?.logins ?? []).toEqual(windowsLogins);
  });

  it('writes down what it made, and gives the request free', async () => {
    const all = await ledgerOf(deployment.account);
    const entries = all.filter(({ requestId }) => requestId === normalised.requestId);
    expect(entries.map(({ item = '' }) => item).toSorted()).toEqual(
      madeFor(normalised, deployment.world, execution.arn).toSorted(),
    );
    const incomplete = entries.filter(({ item = '', id }) => item.startsWith('made#') && id === undefined);
    expect(incomplete).toEqual([]);
  });

  it('tells people once', () => {
    const [topic] = deployment.world.topics.all;
    expect(topic?.messages.map(({ subject }) => subject)).toEqual([
      `Forestbridge: ${normalised.requestId} is done`,
    ]);
  });

  it('lets its passwords go nowhere but where they are needed', async () => {
    const said = [...log.lines, ...(await overheard.said())];
    expect(overheard.passwords().length).toBeGreaterThan(0);
    for (const password of overheard.passwords())
      expect(said.filter((line) => line.includes(password))).toEqual([]);
  });

  it('changes nothing when it is carried out once more', async () => {
    const before = lasting(await snapshotOf(deployment.account));
    const { writes } = deployment.tally;

    const again = await deployment.run(request);

    expect(again.standing).toEqual({ ...execution.standing, stoppedAt: again.standing.stoppedAt });
    expect(lasting(await snapshotOf(deployment.account))).toEqual(before);
    expect(deployment.tally.writes - writes).toBe(0);
  });
});
