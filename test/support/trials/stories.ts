import { expect } from 'vitest';
import { parseRequest } from '../../../functions/request/schema.ts';
import { applyBreak, mendBreak } from '../../../simulator/world/breaks.ts';
import { succeeded } from '../succeeded.ts';
import { check, forwardAnew, leaveDirectory, repair, takeAway } from './afterwards.ts';
import { loseAnswers, refuse, unhindered } from './hindrances.ts';
import { ledgerIn } from './ledger.ts';
import type { Story } from './story.ts';

const day = 86_400_000;

/** What the requests go through that users can copy; one without a story is just carried out. */
export const stories: Readonly<Record<string, Story>> = {
  'one-way-forest': {
    async after(deployment, request) {
      await forwardAnew(deployment, request);
      await takeAway(deployment);
      for (const { halves, forwarders } of deployment.world.forests) {
        halves.clear();
        forwarders.clear();
      }
      succeeded(await deployment.run(request));
    },
  },
  'adopted-directory': {
    async after(deployment, request) {
      await forwardAnew(deployment, request);
      await check(deployment);
      await repair(deployment, request);
      await leaveDirectory(deployment, request);
    },
  },
  'no-database': {
    async after(deployment, request) {
      const { world, account } = deployment;
      await check(deployment);
      // An execution that was cut off left its claim behind.
      const left = account.executions.all.find(({ of }) => of.name === 'forestbridge-provision');
      const normalised = parseRequest(request);
      const owner = { requestId: normalised.requestId, execution: left?.arn };
      await account.invoke('claim-request', { owner, request: normalised });
      applyBreak(world, 'port-389');
      await check(deployment);
      mendBreak(world, 'port-389');
      await repair(deployment, request);
    },
  },
  'incoming-without-database': {
    before(deployment) {
      refuse(deployment, /^SendCommand .*forward-dns/);
    },
    mend: unhindered,
    async after({ begin, world, account }, request) {
      const first = begin(request);
      await world.clock.sleep(1000);
      const second = begin(request);
      await account.concluded(second.arn);
      expect(second.standing).toMatchObject({ status: 'FAILED', error: 'Conflict' });
      await account.concluded(first.arn);
      succeeded(first);
    },
  },
  'existing-instance': {
    before(deployment) {
      refuse(deployment, /^CreateConditionalForwarder /);
    },
    mend: unhindered,
    async after({ account, run, world }, request) {
      // What the ledger knows nothing of was there before.
      const { items, forget } = ledgerIn(account);
      for (const item of await items()) if (item.startsWith('made#login#')) await forget(request, item);
      await world.clock.sleep(day);
      succeeded(await run(request));
    },
  },
  external: {
    before({ world, visiting }) {
      // After the look at the domain controller, so that it is news there.
      visiting((state, run) => {
        if (state === 'Forward DNS on premises')
          for (const { forwarders } of world.forests) forwarders.set('aws.example.com', ['10.99.0.1']);
        return run();
      });
    },
    mend(deployment) {
      unhindered(deployment);
      for (const { forwarders } of deployment.world.forests) forwarders.clear();
    },
  },
  'everything-given': {
    before({ world }) {
      for (const { name } of world.directories.all)
        for (const { forwarders } of world.forests) forwarders.set(name, ['10.99.0.1']);
    },
    mend({ world }) {
      for (const { forwarders } of world.forests) forwarders.clear();
    },
    after: leaveDirectory,
  },
  'two-way-forest': {
    async before({ world, visiting }) {
      // The first directory fails at once, and the first instance of the account is one of ours.
      world.directories.failures = 1;
      for (const instance of world.databases.all) world.databases.delete(instance);
      await world.clock.sleep(day);
      visiting((state, run) => {
        if (state === 'Await membership') applyBreak(world, 'role');
        return run();
      });
    },
    mend(deployment) {
      unhindered(deployment);
      mendBreak(deployment.world, 'role');
    },
  },
  'public-dns-addresses': {
    before(deployment) {
      const { executions } = deployment.account;
      loseAnswers(deployment, (operation) => {
        if (operation === 'CreateMicrosoftAD') executions.all[0]?.stop(undefined, undefined);
      });
    },
    mend: () => {},
    goesOn: 'by a new execution',
    async after({ world, run }, request) {
      // Somebody has made its routes anew, as his own.
      for (const { ipRoutes } of world.directories.all)
        for (const [index, { cidr, status, ...route }] of ipRoutes.entries())
          ipRoutes[index] = { ...route, cidr, status, description: 'theirs' };
      succeeded(await run(request));
    },
  },
};
