import type { FunctionName } from '../../functions/functions.ts';
import type { Json, JsonObject } from '../../simulator/states/data/json.ts';
import type { Mishap } from './mishaps.ts';
import type { Stage } from './stage.ts';

type Preparation = (stage: Stage) => unknown;

/** How the world is when a function is called, and what happens while it works. */
export interface Case {
  /** The request, one of events/requests; the one-way forest where none is named. */
  readonly request?: string;
  /** The state of the workflow that calls the function. */
  readonly at?: string;
  /** Changes the world before the execution starts. */
  readonly first?: Preparation;
  /** Changes it when the execution has come to the state. */
  readonly before?: Preparation;
  /** What happens to the function's own calls. */
  readonly during?: Mishap;
  /** Changes what the workflow hands to the function, or makes something else of it. */
  readonly event?: (stage: Stage, event: JsonObject) => Json | Promise<Json>;
}

type Cases = Readonly<Record<string, Case>>;
/** The cases of a function, and the state that calls it where a case names no other. */
interface FunctionCases {
  readonly at: string | null;
  readonly cases: Cases;
}
export type SubjectCases = Partial<Readonly<Record<FunctionName, FunctionCases>>>;
