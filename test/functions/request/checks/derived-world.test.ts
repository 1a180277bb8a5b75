import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { legalRequests } from '../arbitraries.ts';
import { preflightAccount } from '../preflight-account.ts';
import { changed, problemsOf } from '../requests.ts';

const networksOf = (seconds: readonly number[]): readonly string[] =>
  seconds.map((second) => `10.${second}.0.0/16`);

/** So many networks of the company's, its DNS servers in the first of them. */
const networks = fc
  .uniqueArray(fc.integer({ min: 22, max: 29 }), { maxLength: 3 })
  .map((seconds) => networksOf([20, ...seconds]));
/** None, or networks some of which are the company's too. */
const clientNetworks = fc
  .uniqueArray(fc.integer({ min: 20, max: 40 }), { maxLength: 4 })
  .map((seconds) => (seconds.length === 0 ? undefined : networksOf(seconds)));

const requests = fc
  .tuple(legalRequests, networks, clientNetworks)
  .map(([request, company, clients]) =>
    Object.entries({ networks: company, clientNetworks: clients, dnsIpAddresses: ['10.20.0.10'] }).reduce(
      (json, [field, value]) => changed(json, ['onPremises', field], value),
      request,
    ),
  );

describe('the world that is derived from a request', () => {
  it('is ready for whatever validate-request accepts', async () => {
    await fc.assert(
      fc.asyncProperty(requests, async (request) => {
        fc.pre(problemsOf(request).length === 0);
        const { findings } = await preflightAccount(request);

        expect((await findings()).filter(({ level }) => level === 'error')).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });
});
