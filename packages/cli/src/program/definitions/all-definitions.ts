import type { CommandDefinition } from '../command-definition.ts';
import { RUN_DEFINITION } from './run-definition.ts';

/** Every command, in the order in which the help shows them; a parent before its children. */
export const ALL_DEFINITIONS: readonly CommandDefinition[] = [RUN_DEFINITION];
