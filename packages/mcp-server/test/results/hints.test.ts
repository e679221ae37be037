import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { textField } from '../support/answer-fields.ts';
import type { TestConnection } from '../support/open-connection.ts';
import { openConnection } from '../support/open-connection.ts';
import { textOf } from '../support/text-of.ts';

/** A flag by itself: not one of a whole command to paste. */
const BARE_FLAG = /--[a-z]/u;
const WHOLE_COMMANDS =
  /`[^`]*`|(?:\b(?:cloche|npm|docker)|\$\{SNAPSHOT_COMMAND\})\s[\w ]*(?:--?[\w-]+ ?[\w.:]*\s?)*/gu;
const PACKAGES = path.join(import.meta.dirname, '../../..');
/** Whatever a run or a look at the executors can say. The rest is said at a start, to a person. */
const SOURCES = [
  'core/src/executor/**/*.ts',
  'core/src/runner/**/*.ts',
  'core/src/registry/**/*.ts',
  'core/src/host/**/*.ts',
  'executor-local/src/**/*.ts',
  'executor-docker/src/**/*.ts',
  // Snapshots are managed at the command line alone.
  'executor-daytona/src/!(snapshots)/**/*.ts',
  'executor-daytona/src/*.ts',
  'mcp-server/src/{results,runs,tools}/**/*.ts',
];
const LINES_OF_A_TEXT = 3;

function namesFlag(text: string): boolean {
  return BARE_FLAG.test(text.replaceAll(WHOLE_COMMANDS, ''));
}

let connection: TestConnection;
beforeAll(async () => {
  connection = await openConnection();
});
afterAll(async () => {
  await connection[Symbol.asyncDispose]();
});

describe('hints over MCP name what can be done there', () => {
  test.for([
    ['no input', 'input()', 'stdin'],
    ['a missing package', 'import no_such_package', 'files'],
    ['a full heap', 'raise MemoryError', 'CLOCHE_MEMORY'],
    ['no network', "import sys; sys.exit('Network is unreachable')", 'CLOCHE_NETWORK=full'],
    ['a full disk', "import sys; sys.exit('No space left on device')", 'CLOCHE_SCRATCH'],
    ['a timeout', 'while True: pass', 'timeout_seconds'],
  ] as const)('%s', async ([, code, said], context) => {
    const request = { code, language: 'python', timeout_seconds: code.startsWith('while') ? 1 : 30 };
    const answer = await connection.client.call('execute_code', request);
    const isNetworkOpen = answer.structuredContent?.['network'] === 'full';
    context.skip(isNetworkOpen && said.includes('NETWORK'), 'nothing here takes the network away');
    const hint = textField(answer, 'hint');
    expect(hint).toContain(said);
    expect(namesFlag(hint)).toBe(false);
    expect(namesFlag(textOf(answer))).toBe(false);
  });

  test('of an executor that is not there', async () => {
    await using other = await openConnection({ config: { executor: 'docker' } });
    const answers = [
      await other.client.call('execute_code', { code: 'print(1)', language: 'python' }),
      await other.client.call('manage_sandbox', { action: 'status' }),
    ];
    for (const answer of answers) expect(namesFlag(textOf(answer))).toBe(false);
  });

  test('every text that names a flag has a form without', () => {
    const missing: string[] = [];
    let count = 0;
    for (const file of globSync(SOURCES, { cwd: PACKAGES })) {
      const lines = readFileSync(path.join(PACKAGES, file), 'utf8').split('\n');
      for (const [index, line] of lines.entries()) {
        if (!/\ben: ['"`]/u.test(line) || !namesFlag(line.replaceAll('\\`', '`').replace(/en: `/u, '')))
          continue;
        count += 1;
        const next = lines.slice(index, index + LINES_OF_A_TEXT).join('\n');
        if (!next.includes('withoutFlags')) missing.push(`${file}:${index + 1}: ${line.trim()}`);
      }
    }
    expect(missing).toEqual([]);
    expect(count).toBeGreaterThan(10);
  });
});
