import type { Config } from '@cloche/core';

/** Some clients show their model this and the tools' names alone, until it asks for more. */
export function serverInstructions({ limits, network }: Pick<Config, 'limits' | 'network'>): string {
  const seconds = Math.max(1, Math.floor(limits.runTimeoutMs / 1000));
  return [
    'Cloche runs code in a sandbox. Use execute_code whenever running a program answers better than reasoning: calculations, data, checking code, making files or plots.',
    `Languages: Python, JavaScript, TypeScript, Java, Go, Rust, Bash, C, C++. Each run starts from nothing (but in a session, which keeps files) and has ${seconds} s and ${network === 'full' ? 'the network' : 'no network'}; give input through stdin or files.`,
    'read_output pages through long output, waits for a program that still runs, and fetches files that it wrote. manage_sandbox says which executors and languages there are, and lists or cancels runs. generate_code has a model write a program from a requirement, and repairs it until it runs.',
  ].join('\n');
}
