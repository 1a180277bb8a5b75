import { z } from 'zod';
import { type Handle, ResourceFailed, type ResourceKind, within } from './resource.ts';

const second = 1000;

const signalSchema = z.object({
  Status: z.enum(['SUCCESS', 'FAILURE']),
  Reason: z.string().default(''),
  UniqueId: z.string().min(1),
  Data: z.string().default(''),
});
type Signal = z.output<typeof signalSchema>;

const conditionSchema = z.strictObject({
  Handle: z.string(),
  Timeout: z.coerce.number().int().min(1).max(43_200),
  Count: z.coerce.number().int().min(1).default(1),
});

const signalIn = (text: string): Signal => {
  try {
    return signalSchema.parse(JSON.parse(text));
  } catch {
    throw new ResourceFailed('Unparsable WaitCondition data');
  }
};

/** The successes so far, by their ids; the first failure is thrown. */
const successesIn = (texts: readonly string[]): Readonly<Record<string, string>> => {
  const successes = new Map<string, string>();
  for (const { Status, UniqueId, Reason, Data } of texts.map(signalIn)) {
    if (Status === 'FAILURE')
      throw new ResourceFailed(
        `WaitCondition received failed message: '${Reason}' for uniqueId: ${UniqueId}`,
      );
    successes.set(UniqueId, Data);
  }
  return Object.fromEntries(successes);
};

const nothing = (): Promise<void> => Promise.resolve();

/** A signed URL that somebody outside signals at. */
export const waitConditionHandle: ResourceKind = {
  async create(resource, { urls, stackId, handles }) {
    const handle: Handle = { logicalId: resource.logicalId, texts: [], arrived: () => {} };
    resource.physicalId = await urls.open(`${stackId}|${handle.logicalId}`, (text) => {
      handle.texts.push(text);
      handle.arrived();
    });
    handles.set(resource.physicalId, handle);
  },
  update: null,
  delete: nothing,
};

/** Waits until as many have signalled success as it counts, or one failure. */
export const waitCondition: ResourceKind = {
  async create(resource, { setting, stackId, handles }, calledOff) {
    const { Handle: url, Timeout, Count } = conditionSchema.parse(resource.properties);
    const handle = handles.get(url);
    if (handle === undefined) throw new ResourceFailed('WaitCondition handle is no handle of this stack');
    resource.physicalId = `${stackId}/${handle.logicalId}`;
    const isEnough = (): boolean => Object.keys(successesIn(handle.texts)).length >= Count;
    await within<true>(setting, Timeout * second, calledOff, async (give) => {
      const look = (): void => {
        try {
          if (isEnough()) give(true);
        } catch {
          give(true);
        }
      };
      handle.arrived = look;
      look();
    });
    const successes = successesIn(handle.texts);
    const received = Object.keys(successes).length;
    if (received < Count)
      throw new ResourceFailed(
        `WaitCondition timed out. Received ${received} conditions when expecting ${Count}`,
      );
    resource.attributes = { Data: JSON.stringify(successes) };
  },
  update: null,
  delete: nothing,
};
