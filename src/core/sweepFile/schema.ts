import type { z } from 'zod';
import { aboutShape, foreignShape } from './aboutSchema.ts';
import { commandShape } from './commandSchema.ts';
import { diagnosisShape } from './diagnosisSchema.ts';
import { filesShape } from './filesSchema.ts';
import { policyShape } from './policySchema.ts';
import { resultsShape } from './resultsSchema.ts';
import { runnerShape } from './runnerSchema.ts';
import { strictMapping } from './schemaParts.ts';
import { spaceShape } from './spaceSchema.ts';

/**
 * One sweep file, as people write it: the source of the types, of the checks of each value by itself, and of what an
 * editor shows, in this order. Its keys are in sections by topic; each has its shape in …Schema.ts, and in …Section.ts
 * its checks and what is made of its values.
 */
export const sweepFileSchema = strictMapping({
  ...commandShape,
  ...spaceShape,
  ...filesShape,
  ...runnerShape,
  ...resultsShape,
  ...policyShape,
  ...diagnosisShape,
  ...aboutShape,
  ...foreignShape,
});

/** What the schema makes of a valid sweep file. */
export type CheckedSweepFile = z.output<typeof sweepFileSchema>;
