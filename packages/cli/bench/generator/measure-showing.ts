import type { ModelServer } from '@cloche/model-test-server';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Figure } from '../figure.ts';
import { installPackedCommand, ownEnvironment } from '../packed-command.ts';
import { median, rounded } from '../statistics.ts';
import { FIRST_TOKEN, FIRST_TOKEN_PIECE, REPLY } from './written-reply.ts';

const ROUNDS = 20;
const WARM_UP_ROUNDS = 2;
const AT_MOST_MS = 20;

/** From the moment when a token leaves the model's service until the command has written it. */
export async function measureShowing(server: ModelServer, directory: string): Promise<Figure> {
  const command = installPackedCommand(directory);
  const env = {
    ...ownEnvironment(directory),
    CLOCHE_EXECUTOR: 'local',
    CLOCHE_GENERATOR_BASE_URL: server.baseUrls.compatible,
    CLOCHE_GENERATOR_MODEL: 'bench',
  };
  const times: number[] = [];
  for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round += 1) {
    server.script([REPLY]);
    const shownAtMs = await runUntilShown(command, env);
    const sentAtMs = server.calls.at(-1)?.sentAtMs[FIRST_TOKEN_PIECE];
    if (sentAtMs === undefined) throw new Error('The model was not asked.');
    if (round >= 0) times.push(shownAtMs - sentAtMs);
  }
  return {
    name: 'first token shown by cloche generate',
    value: median(times),
    unit: 'ms after it was sent',
    bar: { relation: 'at most', value: AT_MOST_MS },
    detail: `the packed command; the slowest ${rounded(Math.max(...times))} ms`,
    count: times.length,
  };
}

/** @returns when the token came, of `performance.now()` */
async function runUntilShown(
  command: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<number> {
  const argv = [command, 'generate', 'print a number', '--language', 'python'];
  const child = spawn(process.execPath, argv, { env, stdio: ['ignore', 'ignore', 'pipe'] });
  let shownAtMs: number | null = null;
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
    if (said.includes(FIRST_TOKEN)) shownAtMs ??= performance.now();
  });
  const [exitCode] = (await once(child, 'close')) as [number | null];
  if (exitCode !== 0 || shownAtMs === null)
    throw new Error(`cloche generate ended with ${exitCode}: ${said}`);
  return shownAtMs;
}
