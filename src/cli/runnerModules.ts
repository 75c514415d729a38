import type { Command } from 'commander';
import {
  loadedRunnerModules,
  loadRunnerModule,
  runnerModulesOf,
  runnerModulesVariable,
} from '../core/runnerModules.ts';

/** Lets a command find runners that modules bring: those that its option names, and those of the environment. */
export function withRunnerModules(command: Command): Command {
  return loadingRunnerModules(
    command.option(
      '--runner-module <file>',
      'a module that brings another type of runner; may be repeated',
      (file: string, before: readonly string[] = []) => [...before, file],
    ),
  );
}

/** Lets a command find the runners of the modules that the environment names. */
export function loadingRunnerModules(command: Command): Command {
  return command.hook('preAction', async () => {
    const { runnerModule = [] } = command.opts<{ readonly runnerModule?: readonly string[] }>();
    for (const path of [...runnerModulesOf(process.env), ...runnerModule]) await loadRunnerModule(path);
    // A process of its own that carries the sweep on has to find the same.
    const loaded = loadedRunnerModules();
    if (loaded !== undefined) process.env[runnerModulesVariable] = loaded;
  });
}
