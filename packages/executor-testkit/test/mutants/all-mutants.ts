import type { Mutant } from './mutant.ts';
import { MUTANTS_OF_CLAIMS } from './of-claims.ts';
import { MUTANTS_OF_ENDINGS } from './of-endings.ts';
import { MUTANTS_OF_LIFE } from './of-life.ts';
import { MUTANTS_OF_OUTPUT } from './of-output.ts';
import { MUTANTS_OF_PLACES } from './of-places.ts';
import { MUTANTS_OF_PLANS } from './of-plans.ts';
import { MUTANTS_OF_RESULTS } from './of-results.ts';
import { MUTANTS_OF_STREAMS } from './of-streams.ts';

export const ALL_MUTANTS: readonly Mutant[] = [
  ...MUTANTS_OF_PLANS,
  ...MUTANTS_OF_OUTPUT,
  ...MUTANTS_OF_RESULTS,
  ...MUTANTS_OF_STREAMS,
  ...MUTANTS_OF_ENDINGS,
  ...MUTANTS_OF_CLAIMS,
  ...MUTANTS_OF_LIFE,
  ...MUTANTS_OF_PLACES,
];
