import type { CommandDefinition } from '../command-definition.ts';
import { DOCTOR_DEFINITION } from './doctor-definition.ts';
import {
  EXECUTORS_ADD_DEFINITION,
  EXECUTORS_DEFINITION,
  EXECUTORS_LIST_DEFINITION,
  EXECUTORS_REMOVE_DEFINITION,
} from './executors-definitions.ts';
import { RUN_DEFINITION } from './run-definition.ts';
import {
  CLEAN_DEFINITION,
  COMPLETIONS_DEFINITION,
  CONFIG_DEFINITION,
  CONFIG_IMPORT_DEFINITION,
  LANGUAGES_DEFINITION,
} from './small-definitions.ts';

/** Every command, in the order in which the help shows them; a parent before its children. */
export const ALL_DEFINITIONS: readonly CommandDefinition[] = [
  RUN_DEFINITION,
  DOCTOR_DEFINITION,
  LANGUAGES_DEFINITION,
  CONFIG_DEFINITION,
  CONFIG_IMPORT_DEFINITION,
  EXECUTORS_DEFINITION,
  EXECUTORS_LIST_DEFINITION,
  EXECUTORS_ADD_DEFINITION,
  EXECUTORS_REMOVE_DEFINITION,
  CLEAN_DEFINITION,
  COMPLETIONS_DEFINITION,
];
