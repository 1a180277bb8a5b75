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

  problem(path: string, message: string): void {
    this.problems.push(`${path}: ${message}`);
  }

  carryOut(): void {
    for (const change of this.#changes) change();
  }
}
