import manifest from '../../../../package.json' with { type: 'json' };

/**
 * The libraries whose arithmetic a plan's values pass through, with their versions; package.json holds each of them, and
 * no other of its kind, to one version. The random generator itself is our own, see {@link philox}.
 */
export const samplingLibraries: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(manifest.dependencies).filter(
    ([name, version]) => name.startsWith('@stdlib/') && !version.startsWith('^'),
  ),
);
