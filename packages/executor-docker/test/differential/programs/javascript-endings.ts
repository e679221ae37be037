import type { Program } from '../program.ts';

/** Workers, children, signals and the ways to end. */
export const JAVASCRIPT_ENDINGS: readonly Program[] = [
  {
    name: 'a worker of its own file',
    code: `const { Worker, isMainThread, parentPort, workerData, threadId } = require('node:worker_threads');
if (isMainThread) new Worker(__filename, { workerData: 5, argv: ['given'] }).on('message', console.log).on('exit', (code) => console.log('exit', code));
else { parentPort.postMessage([workerData, process.argv, threadId, require.main === module, __filename]); process.exitCode = 4; }
`,
    stdout: 'exit 4',
  },
  {
    name: 'a worker of its own ES module',
    code: `import { Worker, isMainThread, parentPort } from 'node:worker_threads';
if (isMainThread) new Worker(new URL(import.meta.url)).on('message', console.log);
else parentPort.postMessage([import.meta.url, import.meta.main]);
`,
    fileName: 'main.mjs',
    stdout: "'file:///tmp/cloche/work/main.mjs'",
  },
  {
    name: 'a fork of its own file',
    code: `const { fork } = require('node:child_process');
if (process.send === undefined) {
  const child = fork(__filename, ['given'], { execArgv: [] });
  child.on('message', (message) => { console.log(message); child.send('end'); });
  child.on('exit', (code, signal) => console.log(code, signal));
} else {
  process.send([process.argv, require.main.filename, require('node:fs').statSync(__filename).isFile()]);
  process.on('message', () => process.exit(9));
}
`,
    stdout: '9 null',
  },
  {
    name: 'a spawn of its own file, with its stdin and its signal',
    code: `const { spawnSync } = require('node:child_process');
if (process.argv[2] === 'child') process.kill(process.pid, 'SIGTERM');
else {
  const { status, signal, stderr } = spawnSync(process.execPath, [...process.execArgv, __filename, 'child'], { input: 'x' });
  console.log(status, signal, stderr.toString(), spawnSync('cat', ['main.js']).stdout.length);
}
`,
    stdout: 'null SIGTERM',
  },
  {
    name: 'signals that it handles',
    code: `for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR2', 'SIGPIPE']) {
  process.on(name, (signal, number) => console.log(signal, number));
  process.kill(process.pid, name);
}
setTimeout(() => console.log('end'), 50);
`,
    stdout: 'end',
  },
  {
    name: 'SIGINT',
    code: `process.kill(process.pid, 'SIGINT'); setTimeout(() => {}, 5000);\n`,
    signal: 'SIGINT',
  },
  {
    name: 'SIGTERM',
    code: `process.kill(process.pid, 'SIGTERM'); setTimeout(() => {}, 5000);\n`,
    signal: 'SIGTERM',
  },
  { name: 'process.abort', code: `process.abort();\n`, signal: 'SIGABRT' },
  {
    name: 'process.exit',
    code: `process.on('exit', (code) => console.log('exit', code)); process.exit(5);\n`,
    exitCode: 5,
  },
  { name: 'process.exit above 128', code: `process.exit(143);\n`, exitCode: 143 },
  {
    name: 'process.exitCode, beforeExit and exit',
    code: `let rounds = 0;
process.on('beforeExit', (code) => { console.log('beforeExit', code); if ((rounds += 1) < 2) setImmediate(() => { process.exitCode = 6; }); });
process.on('exit', (code) => console.log('exit', code));
console.log(process.exitCode);
`,
    exitCode: 6,
    stdout: 'undefined\nbeforeExit 0\nbeforeExit 6\nexit 6',
  },
  {
    name: 'a rejection that nobody handles',
    code: `async function fail() { throw new Error('rejected'); }\nfail();\nsetTimeout(() => console.log('never'), 1000);\n`,
    exitCode: 1,
    stderr: 'Error: rejected',
  },
  {
    name: 'a rejection without an error',
    code: `Promise.reject(3);\n`,
    exitCode: 1,
    stderr: 'ERR_UNHANDLED_REJECTION',
  },
  {
    name: 'handlers of uncaught exceptions and of rejections',
    code: `process.on('uncaughtException', (error, origin) => console.log(error.message, origin, error.stack.split('\\n')[1]));
process.on('unhandledRejection', (reason) => console.log('reason', reason));
Promise.reject('r');
setTimeout(() => { throw new Error('late'); }, 5);
throw new Error('early');
`,
    stdout: 'early uncaughtException',
  },
  {
    name: 'the order of timers, promises, ticks and immediates',
    code: `setTimeout(() => console.log('timeout'), 1000);
setImmediate(() => console.log('immediate'));
queueMicrotask(() => console.log('microtask'));
process.nextTick(() => console.log('tick'));
Promise.resolve().then(() => console.log('promise'));
console.log('main');
`,
    stdout: 'main\ntick\nmicrotask\npromise\nimmediate\ntimeout',
  },
  {
    name: 'much output to both streams before it ends',
    code: `for (let n = 0; n < 3000; n += 1) { console.log(n, 'x'.repeat(60)); console.error(n); }\nprocess.exitCode = 2;\n`,
    exitCode: 2,
    stdout: '2999 xxx',
  },
  {
    name: 'a program, a server and a file watcher that end by themselves',
    code: `const { createServer } = require('node:net');
const server = createServer().listen('/tmp/cloche/tmp/socket', () => { console.log(server.address()); server.close(); });
const watcher = require('node:fs').watch('.', (event, name) => { console.log(event, name); watcher.close(); });
setTimeout(() => require('node:fs').writeFileSync('made.txt', ''), 30);
`,
    stdout: 'rename made.txt',
  },
];
