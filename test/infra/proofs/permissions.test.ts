import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Decided } from '../../../simulator/policies/guard.ts';
import { backgroundOf } from '../../support/background.ts';
import { type Exception, prove, tooWide } from '../../support/proof.ts';
import { type Deployment, deployed, requestNamed } from '../../support/provisioning.ts';
import type { Resources } from '../../support/template.ts';
import { permissionsOf } from '../../support/template-permissions.ts';
import { requests } from '../../support/trials/requests.ts';
import { serveCatalog } from '../../support/trials/serve-catalog.ts';
import { stories } from '../../support/trials/stories.ts';
import { carryOut } from '../../support/trials/story.ts';

const keyArn = 'arn:aws:kms:eu-central-1:111122223333:key/0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0';

/** What is granted and cannot be exercised here. */
const exceptions: readonly Exception[] = [
  {
    policy: keyArn,
    statement: 'Account',
    why: "What the account's own administrators do with the key; none of our roles is allowed it by that.",
  },
];

/** What AWS does beside all calls, decided like them. */
const decideBackground = ({ guard, naming, permissions }: Deployment): void => {
  for (const { principal, accesses } of backgroundOf(naming, permissions))
    for (const access of accesses)
      try {
        guard.check(principal, access);
      } catch {
        // The guard remembers it.
      }
};

const everyRequest = Object.values(requests);

const roleSchema = z.looseObject({
  Policies: z.array(
    z.looseObject({
      PolicyDocument: z.looseObject({
        Statement: z.array(
          z.looseObject({ Action: z.preprocess((action) => [action].flat(), z.array(z.string())) }),
        ),
      }),
    }),
  ),
});

/** The template, with other actions in the statement of that role that has this one. */
const amended =
  (roleName: string, having: string, actions: readonly string[]) =>
  (resources: Resources): Resources =>
    Object.fromEntries(
      Object.entries(resources).map(([id, resource]) => {
        if (resource.Properties['RoleName'] !== roleName) return [id, resource];
        const Properties = roleSchema.parse(resource.Properties);
        for (const { PolicyDocument } of Properties.Policies)
          for (const statement of PolicyDocument.Statement)
            if (statement.Action.includes(having)) statement.Action = [...actions];
        return [id, { ...resource, Properties }];
      }),
    );

describe('the permissions', () => {
  const decided: Decided[] = [];
  let last: Deployment;

  beforeAll(async () => {
    for (const [name, request] of Object.entries(requests)) {
      last = await deployed(everyRequest);
      await carryOut(last, request, stories[name]);
      decided.push(...last.guard.decided);
      await last.close();
    }
    const catalog = await deployed([requestNamed('one-way-forest')]);
    await serveCatalog(catalog);
    decided.push(...catalog.guard.decided);
    await catalog.close();
    const before = last.guard.decided.length;
    decideBackground(last);
    decided.push(...last.guard.decided.slice(before));
  }, 240_000);

  it('are exactly enough: nothing is denied, and no action would not be missed', () => {
    expect(decided.length).toBeGreaterThan(1000);
    expect(prove(last.permissions, decided, exceptions)).toEqual({ denied: [], unused: [], stale: [] });
  });

  it('have stories for requests that there are', () => {
    expect(Object.keys(requests)).toEqual(expect.arrayContaining(Object.keys(stories)));
  });

  it('name everything only where AWS knows nothing narrower', () => {
    expect(tooWide(last.permissions, decided)).toEqual([]);
  });

  it('that are one too few make the proof fail, and name what is missing', async () => {
    const fewer = amended('forestbridge-ensure-trust', 'ds:CreateTrust', ['ds:UpdateTrust']);
    const deployment = await deployed(everyRequest, undefined, fewer);
    const { guard, permissions, run, close } = deployment;

    const { standing } = await run(requests['no-database'] ?? {});
    await close();

    expect(standing).toMatchObject({ status: 'FAILED', error: 'Forbidden' });
    expect(standing.cause).toMatch(
      /User: arn:aws:sts::111122223333:assumed-role\/forestbridge-ensure-trust\/\S+ is not authorized to perform: ds:CreateTrust on resource: \S+:directory\/d-\w+ because no identity-based policy allows the ds:CreateTrust action/,
    );
    expect(prove(permissions, [...decided, ...guard.decided], exceptions).denied).toEqual([
      expect.stringMatching(/forestbridge-ensure-trust: ds:CreateTrust on \S+:directory\/d-\w+$/),
    ]);
  });

  it('that are one too many make the proof fail, and name what nothing needs', () => {
    const more = amended('forestbridge-conclude', 'sns:Publish', ['sns:Publish', 'sns:Subscribe']);
    const { naming } = last;
    const permissions = permissionsOf({ ...naming, resources: more(naming.resources) });

    expect(prove(permissions, decided, exceptions).unused).toEqual([
      expect.stringMatching(/^forestbridge-conclude, statement \d+: sns:Subscribe$/),
    ]);
  });

  it('cannot be excepted for nothing', () => {
    const stale = { policy: 'forestbridge-conclude', statement: '0', why: 'It was so once.' };
    expect(prove(last.permissions, decided, [...exceptions, stale]).stale).toEqual([
      'forestbridge-conclude, statement 0',
    ]);
  });
});
