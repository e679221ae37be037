import type { LanguageId } from '@cloche/core/executor';
import type { Program } from '../program.ts';

/**
 * What differs by the nature of the thing, and is no promise. It prints `new` or `waited`. Process ids are no promise
 * either (they also stand in warnings of Node.js), nor are addresses, inode numbers and how often a process has slept.
 */
export interface NaturalDifference extends Program {
  readonly language: LanguageId;
  readonly reason: string;
}

/** No interpreter takes so long to start; one that has waited for its program is older. */
export const WAIT_MS = 2_000;

export const NATURAL_DIFFERENCES: readonly NaturalDifference[] = [
  {
    name: 'the age of the process',
    reason: 'it was started before the program was known',
    language: 'python',
    code: `import os
fields = open('/proc/self/stat').read().rsplit(')', 1)[1].split()
age = float(open('/proc/uptime').read().split()[0]) - int(fields[19]) / os.sysconf('SC_CLK_TCK')
print('waited' if age > ${WAIT_MS / 1000} else 'new')
`,
  },
  {
    name: 'process.uptime and performance.now',
    reason: 'they count from the start of the process',
    language: 'javascript',
    code: `console.log(process.uptime() * 1000 > ${WAIT_MS} && performance.now() > ${WAIT_MS} ? 'waited' : 'new');\n`,
  },
  {
    name: 'process.uptime in TypeScript',
    reason: 'they count from the start of the process',
    language: 'typescript',
    code: `const ageMs: number = process.uptime() * 1000;\nconsole.log(ageMs > ${WAIT_MS} ? 'waited' : 'new');\n`,
  },
];
