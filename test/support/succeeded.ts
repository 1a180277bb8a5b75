import { expect } from 'vitest';
import type { Execution } from '../../simulator/states/execution.ts';

/** The execution has succeeded, else its cause is shown. */
export const succeeded = ({ standing }: Execution): void =>
  expect(standing.cause ?? standing.status).toBe('SUCCEEDED');
