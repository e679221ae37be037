import { serveStdio } from '../../src/index.ts';
import { environment } from './environment.ts';
import { openTestService } from './test-service.ts';

// A process of its own, with libraries that print wherever they like.
const opened = await openTestService({
  directory: environment['TEST_DIRECTORY'] ?? '',
  bounds: { waits: { answerWithinMs: Number(environment['TEST_ANSWER_WITHIN_MS'] ?? 45_000) } },
});
const ending = new AbortController();
process.on('SIGTERM', () => ending.abort());
const { stdin, stdout } = process;
const served = serveStdio({ service: opened.service, stdin, stdout, signal: ending.signal });
const noise = setInterval(() => {
  console.log('printed by a library');
  process.stdout.write('written by a library\n');
}, 20);
await served;
clearInterval(noise);
await opened[Symbol.asyncDispose]();
process.exit(0);
