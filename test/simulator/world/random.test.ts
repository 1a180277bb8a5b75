import { describe, expect, it } from 'vitest';
import { Random } from '../../../simulator/world/random.ts';

const many = (seed: number): number[] => {
  const random = new Random(seed);
  return Array.from({ length: 1000 }, () => random.next());
};

describe('Random', () => {
  it('draws the same numbers from the same seed, and others from another', () => {
    expect(many(7)).toEqual(many(7));
    expect(many(7)).not.toEqual(many(8));
  });

  it('draws all over the range from 0 up to 1', () => {
    const numbers = many(1);

    const inTenths = new Set(numbers.map((number) => Math.floor(number * 10)));

    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...numbers)).toBeLessThan(1);
    expect(inTenths).toEqual(new Set([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]));
  });

  it('draws between two numbers', () => {
    const random = new Random(1);
    const numbers = Array.from({ length: 1000 }, () => random.between(20, 45));

    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(20);
    expect(Math.min(...numbers)).toBeLessThan(21);
    expect(Math.max(...numbers)).toBeLessThan(45);
    expect(Math.max(...numbers)).toBeGreaterThan(44);
  });

  it('draws ids of hexadecimal digits', () => {
    const random = new Random(1);
    const ids = Array.from({ length: 100 }, () => random.hex(17));

    expect(new Set(ids).size).toBe(100);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{17}$/);
    expect(new Set(ids.join('')).size).toBe(16);
  });
});
