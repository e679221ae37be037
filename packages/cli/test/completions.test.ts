import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { bashCompletion } from '../src/commands/completions/bash-completion.ts';
import { fishCompletion } from '../src/commands/completions/fish-completion.ts';
import { zshCompletion } from '../src/commands/completions/zsh-completion.ts';

/** What bash would offer for a line whose last word is being typed. */
function offered(...words: readonly string[]): string[] {
  const quoted = words.map((word) => `'${word}'`).join(' ');
  const script = `${bashCompletion()}\nCOMP_WORDS=(cloche ${quoted})\nCOMP_CWORD=${words.length}\n_cloche\nprintf '%s\\n' "\${COMPREPLY[@]}"\n`;
  const { stdout } = spawnSync('bash', ['--norc', '-c', script], {
    encoding: 'utf8',
    cwd: import.meta.dirname,
  });
  return stdout.split('\n').filter((word) => word !== '');
}

describe('bash', () => {
  test('completes commands', () => {
    expect(offered('do')).toEqual(['doctor']);
    expect(offered('gen')).toEqual(['generate']);
    expect(offered('executors', 'a')).toEqual(['add']);
    expect(offered('images', 'pull', 'py')).toEqual(['python']);
    expect(offered('daytona', 'sn')).toEqual(['snapshot']);
    expect(offered('daytona', 'snapshot', 'del')).toEqual(['delete']);
  });

  test('completes options and their values', () => {
    expect(offered('run', '--time')).toEqual(['--timeout']);
    expect(offered('daytona', 'snapshot', 'create', '--m')).toEqual(['--memory']);
    expect(offered('run', '--language', 'py')).toEqual(['python']);
    expect(offered('generate', '--max')).toEqual(['--max-attempts']);
    expect(offered('models', '--provider', 'an')).toEqual(['anthropic']);
    expect(offered('run', '--network', '')).toEqual(['none', 'full']);
  });

  test('completes files', () => {
    expect(offered('run', 'completions.t')).toEqual(['completions.test.ts']);
    expect(offered('generate', '--context', 'completions.t')).toEqual(['completions.test.ts']);
  });
});

test.each([
  ['zsh', zshCompletion],
  ['fish', fishCompletion],
] as const)('the script for %s is one that it reads', (shell, script) => {
  for (const word of ['doctor', 'timeout', 'python']) expect(script()).toContain(word);
  const { error, status, stderr } = spawnSync(shell, ['-n'], { input: script(), encoding: 'utf8' });
  // Where the shell is not installed, its words are all that can be looked at.
  const verdict = error === undefined ? { status, stderr } : { status: 0, stderr: '' };
  expect(verdict).toEqual({ status: 0, stderr: '' });
});
