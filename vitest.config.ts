import { defineConfig } from 'vitest/config';

const processes = 'test/**/processes/*.test.ts';
/** Whole provisionings by the dozen, and the template: `npm run test:proofs`. */
const proofs = ['test/scenarios/**/*.test.ts', 'test/infra/**/*.test.ts', 'test/**/proofs/*.test.ts'];

// Only against hanging: a busy machine is no failure.
const patience = { testTimeout: 60_000, hookTimeout: 60_000 };

export default defineConfig({
  test: {
    // Every core: by default one is left free, which on two is half of them.
    maxWorkers: '100%',
    coverage: {
      provider: 'istanbul',
      include: ['functions/**/*.ts'],
      exclude: ['functions/functions.ts'],
      reporter: ['text-summary', 'json-summary'],
      thresholds: { lines: 100, branches: 100 },
    },
    projects: [
      {
        test: {
          name: 'in process',
          include: ['test/**/*.test.ts'],
          exclude: [processes, ...proofs],
          isolate: false,
          ...patience,
        },
      },
      { test: { name: 'processes', include: [processes], ...patience } },
      { test: { name: 'proofs', include: proofs, exclude: [processes], isolate: false, ...patience } },
    ],
  },
});
