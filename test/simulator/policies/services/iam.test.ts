import { beforeEach, describe, expect, it } from 'vitest';
import { VirtualClock } from '../../../../simulator/world/clock.ts';
import { World } from '../../../../simulator/world/world.ts';
import { trustPolicy } from '../../../support/database-account.ts';
import { needs } from './needs.ts';

describe('What IAM needs', () => {
  let world: World;
  beforeEach(() => {
    world = new World(new VirtualClock(0), 1);
  });

  it.each(['GetRole', 'ListAttachedRolePolicies'])('for %s: the role, with its tags', (operation) => {
    world.roles.create({ name: 'domain', trustPolicy, tags: new Map([['team', 'x']]) });
    expect(needs(world, 'iam', operation, { RoleName: 'domain' })).toEqual([
      `iam:${operation} on iam:role/domain aws:ResourceTag/team=x iam:ResourceTag/team=x`,
    ]);
    expect(needs(world, 'iam', operation, { RoleName: 'none' })).toEqual([
      `iam:${operation} on iam:role/none`,
    ]);
  });
});
