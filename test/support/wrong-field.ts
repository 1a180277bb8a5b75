import { expect } from 'vitest';
import { changed, example, pathOf, problemsOf } from '../functions/request/requests.ts';

export const long = (length: number): string => 'a'.repeat(length);
export const subnets = Array.from({ length: 21 }, (_, index) => `subnet-${String(index).padStart(8, '0')}`);
export const network = 'write an IPv4 network of /8 or narrower';

/** Expects that the example with this value in one field has one problem, which is said of that place. */
export const expectAdvice = (field: string, value: unknown, advice: string, where: string = field): void => {
  const request = changed(example('one-way-forest'), pathOf(field), value);

  const problems = problemsOf(request);

  expect(problems).toHaveLength(1);
  expect(problems[0]?.startsWith(`- ${where}: `)).toBe(true);
  expect(problems[0]).toContain(advice);
};
