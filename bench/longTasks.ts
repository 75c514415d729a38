import type { Frame } from 'playwright-core';

/** Lets a page remember its long tasks; those that it had before are told too. */
export async function watchTasks(frame: Frame): Promise<void> {
  await frame.evaluate(() => {
    const tasks: number[] = [];
    Object.assign(globalThis, { longTasks: tasks });
    // What Node has under this name knows no long tasks; this runs in a page.
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) tasks.push(duration);
    }).observe({ type: 'longtask' as 'measure', buffered: true });
  });
}

/** The longest task since the last question, in ms. The browser tells none that is shorter than 50 ms. */
export async function longestTask(frame: Frame): Promise<number> {
  return frame.evaluate(async () => {
    // A task is told after it has ended.
    await new Promise((resolve) => setTimeout(resolve, 300));
    const { longTasks } = globalThis as unknown as { longTasks: number[] };
    return Math.max(0, ...longTasks.splice(0));
  });
}

/** The longest task that some work brings about, in ms. */
export async function longestOf(frame: Frame, work: () => Promise<void>): Promise<number> {
  await longestTask(frame);
  await work();
  return longestTask(frame);
}
