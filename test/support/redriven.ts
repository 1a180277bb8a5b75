import { type account, type Fields, run } from './state-machines.ts';

/** Runs states, and redrives them until they succeed. */
export const redriven = async (states: Fields, functions: Parameters<typeof account>[0], input = {}) => {
  const place = await run(states, input, functions);
  const { execution } = place;
  while (execution.standing.status !== 'SUCCEEDED') {
    execution.redrive();
    await execution.ended;
  }
  return place;
};
