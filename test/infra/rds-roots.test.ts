import { describe, expect, it } from 'vitest';
import { knowsRegion } from '../../infra/rds-roots.ts';
import { rdsRoots } from '../../scripts/bundle/rds-roots.ts';

const roots = rdsRoots(undefined);
const today = new Date('2026-01-05');

describe("RDS's certificates that travel with the login function", () => {
  it.each([
    ['eu-central-1', true],
    ['us-east-1', true],
    ['mx-central-1', false],
    ['eu-central', false],
  ])('are of %s: %s', (region, isKnown) => {
    expect(knowsRegion(roots, region, today)).toBe(isKnown);
  });

  it('are none once they have expired', () => {
    expect(knowsRegion(roots, 'eu-central-1', new Date('2200-01-01'))).toBe(false);
    expect(knowsRegion('', 'eu-central-1', today)).toBe(false);
  });
});
