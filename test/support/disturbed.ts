import type { EndpointOptions } from '../../simulator/wire/endpoint.ts';
import { likenessOf } from './likeness.ts';
import { type Deployment, deployed } from './provisioning.ts';
import type { Plain } from './world-snapshot.ts';

type Around = NonNullable<EndpointOptions['around']>;
type Call = Parameters<Around>[0];

/** A call of a run, found again in another run: the how manyeth of its operation that a state makes. */
export interface Position {
  readonly state: string;
  readonly operation: string;
  readonly count: number;
}

const isReading = ({ operation }: Position): boolean => /^\w+:(Describe|Get|List)/.test(operation);

export const textOf = ({ state, operation, count }: Position): string => `${state}: ${operation} ${count}`;

/** Names each call of a run as it is made. */
const positions = ({ state }: Deployment): ((call: Call) => Position) => {
  const counts = new Map<string, number>();
  return ({ service, operation }) => {
    const kind = `${state()} ${service}:${operation}`;
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    return { state: state(), operation: `${service}:${operation}`, count };
  };
};

/** What stands after a request with nothing in its way, and every call that the functions made for it. */
export const undisturbedRun = async (
  request: object,
  before: (deployment: Deployment) => void = () => {},
): Promise<{ readonly likeness: Plain; readonly calls: readonly Position[] }> => {
  const deployment = await deployed([request]);
  before(deployment);
  const positionOf = positions(deployment);
  const calls: Position[] = [];
  deployment.disturb((call, answer) => {
    calls.push(positionOf(call));
    return answer();
  });
  await deployment.run(request);
  const likeness = await likenessOf(deployment.account);
  await deployment.close();
  return { likeness, calls };
};

/** The calls that change something, and of those that read one of each operation that a state uses. */
export const telling = (calls: readonly Position[]): readonly Position[] =>
  calls.filter((call) => !isReading(call) || call.count === 1);

/** So many parts, over which the calls of each state are spread evenly. */
export const parts = (calls: readonly Position[], count: number): readonly (readonly Position[])[] => {
  const byState = Map.groupBy(calls, ({ state }) => state);
  return Array.from({ length: count }, (_none, part) =>
    [...byState.values()].flatMap((ofState) => ofState.filter((_call, index) => index % count === part)),
  );
};

/** That mishap happens to each of these calls, once. */
export const disturbAt = (
  deployment: Deployment,
  wanted: readonly Position[],
  mishap: Around,
): Set<string> => {
  const left = new Set(wanted.map(textOf));
  const positionOf = positions(deployment);
  deployment.disturb((call, answer) =>
    left.delete(textOf(positionOf(call))) ? mishap(call, answer) : answer(),
  );
  return left;
};
