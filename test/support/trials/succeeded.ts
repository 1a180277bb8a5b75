import { expect } from 'vitest';
import type { Execution } from '../../../simulator/states/execution.ts';

export const succeeded = (execution: Execution): void =>
  expect(execution.standing.cause ?? execution.standing.status).toBe('SUCCEEDED');
