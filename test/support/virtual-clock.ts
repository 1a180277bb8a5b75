import { VirtualClock } from '../../simulator/world/clock.ts';

export const start = Date.UTC(2026, 0, 1);
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
export const turns = async (count: number): Promise<void> => {
  for (let left = count; left > 0; left -= 1) await turn();
};

/** A clock, and what happened at which second. */
export const prepare = () => {
  const clock = new VirtualClock(start);
  const seconds = () => (clock.now() - start) / 1000;
  const told: string[] = [];
  const tell = (what: string) => () => void told.push(`${what} at ${seconds()}`);
  return { clock, seconds, told, tell };
};
