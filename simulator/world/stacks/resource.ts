import type { Json, JsonObject } from '../../states/data/json.ts';
import type { Setting } from '../setting.ts';
import type { SignedUrls } from './signed-urls.ts';

type Progress = 'CREATE' | 'UPDATE' | 'DELETE';
export type ResourceStatus = `${Progress}_${'IN_PROGRESS' | 'COMPLETE' | 'FAILED'}`;

/** A resource of a stack, as it came to be. */
export interface Resource {
  readonly logicalId: string;
  readonly type: string;
  physicalId: string;
  properties: JsonObject;
  attributes: Readonly<Record<string, Json>>;
  status: ResourceStatus;
}

/** What was put at the URL of a WaitConditionHandle, and who is to know when more comes. */
export interface Handle {
  readonly logicalId: string;
  readonly texts: string[];
  arrived: () => void;
}

/** What a resource is made in. */
export interface Surroundings {
  readonly setting: Setting;
  readonly urls: SignedUrls;
  readonly stackId: string;
  /** The handles of wait conditions, by their URLs. */
  readonly handles: Map<string, Handle>;
  /** Lambda takes an event for later; rejects where it does not. */
  readonly deliver: (functionArn: string, event: JsonObject) => Promise<void>;
}

/** How resources of a type are made, changed and deleted; each rejects with the reason. */
export interface ResourceKind {
  create(resource: Resource, around: Surroundings, signal: AbortSignal): Promise<void>;
  /** Null where a type cannot be changed. */
  readonly update:
    | ((resource: Resource, before: JsonObject, around: Surroundings, signal: AbortSignal) => Promise<void>)
    | null;
  delete(resource: Resource, around: Surroundings): Promise<void>;
}

/** A resource could not be made, changed or deleted. */
export class ResourceFailed extends Error {
  override readonly name = 'ResourceFailed';
}

const second = 1000;

/** What `begin` is given within that time, or null; rejects where it is called off. */
export const within = async <Value>(
  { clock }: Pick<Setting, 'clock'>,
  milliseconds: number,
  calledOff: AbortSignal | null,
  begin: (give: (value: Value) => void) => Promise<void>,
): Promise<Value | null> => {
  const given = new AbortController();
  const values: Value[] = [];
  const signal = calledOff === null ? given.signal : AbortSignal.any([given.signal, calledOff]);
  const over = clock.sleep(milliseconds, signal).catch(() => {});
  try {
    await clock.busy(async () =>
      begin((value) => {
        values.push(value);
        given.abort();
      }),
    );
    await over;
    // CloudFormation looks again and again whether something is there.
    if (values.length > 0) await clock.sleep(second);
  } finally {
    given.abort();
  }
  const [first] = values;
  if (first === undefined && calledOff?.aborted === true)
    throw new ResourceFailed('Resource creation cancelled');
  return first ?? null;
};
