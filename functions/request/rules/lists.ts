import type { Problem, Rule } from './legible.ts';

function* once(path: readonly string[], values: readonly (string | undefined)[] = []): Iterable<Problem> {
  for (const [index, value] of values.entries())
    if (value !== undefined && values.indexOf(value) < index)
      yield { path: [...path, index], advice: 'write another one: it is listed before' };
}

export const everythingOnce: Rule = function* ({ directory, onPremises, database }) {
  yield* once(['directory', 'subnetIds'], directory?.subnetIds);
  yield* once(['onPremises', 'dnsIpAddresses'], onPremises?.dnsIpAddresses);
  yield* once(['database', 'subnetIds'], database?.subnetIds);
  yield* once(['database', 'securityGroupIds'], database?.securityGroupIds);
};
