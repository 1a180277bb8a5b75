import type { Block } from '../../simulator/states/definition/schema.ts';
import { arrowsFrom } from './arrows.ts';

/** Whether the flow leads from one state to another while nothing fails; null is the end. */
export const onwardIn = ({ States }: Block): ((from: string | null, to: string) => boolean) => {
  const next = new Map(
    Object.entries(States).map(([name, state]) => [
      name,
      arrowsFrom(state).flatMap(({ to, caught }) => (caught || to === null ? [] : [to])),
    ]),
  );
  return (from, to) => {
    const reached = new Set(from === null ? [] : [from]);
    for (const name of reached) for (const each of next.get(name) ?? []) reached.add(each);
    return reached.has(to);
  };
};
