import type { NormalisedRequest } from '../../functions/request/schema.ts';
import type { World } from '../../simulator/world/world.ts';

/** What is to change in a world, and what of that cannot; nothing changes unless everything can. */
export class Plan {
  readonly world: World;
  readonly request: NormalisedRequest;
  readonly problems: string[] = [];
  readonly #changes: (() => void)[] = [];

  constructor(world: World, request: NormalisedRequest) {
    this.world = world;
    this.request = request;
  }

  /** A change, unless what it names is missing. */
  change(change: () => void): void {
    this.#changes.push(change);
  }

  /** Refuses what the file names a second time: whether the first or the last would count, nobody could tell. */
  once(names: readonly (readonly [path: string, name: string])[], what: string): void {
    names.forEach(([path, name], index) => {
      if (names.slice(0, index).some(([, before]) => before === name))
        this.problem(path, `${what} ${name} is listed before; leave one out, or write both in one`);
    });
  }

  problem(path: string, message: string): void {
    this.problems.push(`${path}: ${message}`);
  }

  carryOut(): void {
    for (const change of this.#changes) change();
  }
}
