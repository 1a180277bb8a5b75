import { describe, expect, it } from 'vitest';
import { surroundings } from '../../support/directory-group.ts';
import { at, mishaps, positionsOf } from '../../support/mishaps.ts';

describe('open-directory-traffic, disturbed,', () => {
  it('takes rules that it finds there after all for the ones it made', async () => {
    const { run, group, ledger, disturb } = await surroundings();
    disturb((call, answer) =>
      call.operation === 'AuthorizeSecurityGroupEgress' ? mishaps.carriedOutTwice(call, answer) : answer(),
    );
    expect(await run()).toEqual({ opened: 37 });
    const entry = await ledger.find('directory-rule', `${group.id}/egress`);
    expect(entry?.id?.split(' ')).toHaveLength(14);
  });

  it('has a later call enter the ids that AWS did not answer with', async () => {
    const { disturb, run, ledger, group } = await surroundings();
    disturb(async (call, answer) => {
      const answered = await answer();
      return call.operation.startsWith('Authorize') ? {} : answered;
    });
    await run();
    disturb((_call, answer) => answer());
    expect(await run()).toEqual({ opened: 0 });
    const entry = await ledger.find('directory-rule', `${group.id}/egress`);
    expect(entry?.id?.split(' ')).toHaveLength(14);
  });

  it.each(Object.entries(mishaps))('leaves one of everything: %s at any call', async (_name, mishap) => {
    const whole = await surroundings();
    await whole.run();
    const positions = positionsOf(whole.calls, mishap);
    const expected = await whole.world();
    for (const position of positions) {
      const { disturb, run, world } = await surroundings();
      disturb(at(position, mishap));
      await run().catch((error: unknown) => expect(error).toMatchObject({ name: 'Throttled' }));
      await run();
      expect(await world()).toEqual(expected);
    }
    expect(positions.length).toBeGreaterThan(4);
  });
});
