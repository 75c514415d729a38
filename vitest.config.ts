import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      // Nothing waits for the time: a limit is only there to end what hangs, also on a machine that is busy.
      {
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts'],
          maxWorkers: 2,
          testTimeout: 60_000,
          expect: { poll: { timeout: 30_000, interval: 20 } },
        },
      },
      {
        test: {
          name: 'faults',
          include: ['test/faults/*.test.ts'],
          globalSetup: ['test/faults/rig/setup.ts'],
          // What is measured must not depend on a neighbour's load.
          pool: 'forks',
          fileParallelism: false,
          testTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'faults-editor',
          include: ['test/faults/editor/*.test.ts'],
          globalSetup: ['test/rig/editor.ts', 'test/faults/rig/setup.ts'],
          pool: 'forks',
          fileParallelism: false,
          testTimeout: 900_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'slurm',
          include: ['test/slurm/**/*.test.ts'],
          // Each file has a cluster of its own; some of them mostly wait for it.
          pool: 'forks',
          maxWorkers: 3,
          testTimeout: 200_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: ['test/rig/editor.ts'],
          // Each test has a window of its own, and half of its time is spent on opening it: two at a time.
          pool: 'forks',
          maxWorkers: 2,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          expect: { poll: { timeout: 30_000, interval: 100 } },
        },
      },
    ],
  },
});
