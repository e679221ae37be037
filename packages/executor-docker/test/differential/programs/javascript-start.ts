import type { Program } from '../program.ts';

/** How the interpreter was started and what the kernel knows of it, as a program sees it. */
export const JAVASCRIPT_START: readonly Program[] = [
  {
    name: 'arguments, execPath, title and versions',
    code: `console.log(process.argv, process.argv0, process.execArgv, process.execPath, process.title, process.version, process.config.variables.node_shared);
console.log(process.features, process.release.name, process.allowedNodeEnvironmentFlags.size);
`,
    stdout: "[ '/usr/local/bin/node', '/tmp/cloche/work/main.js' ]",
  },
  {
    name: 'the module, its paths, its parent and the cache',
    code: `console.log(__filename, __dirname, module.id, module.filename, module.loaded, module.parent, module.children, module.paths);
console.log(require.main === module, Object.keys(require.cache), Object.keys(module), require.resolve.paths('x'), require('node:module').globalPaths);
console.log(arguments.length, arguments.callee.toString().slice(0, 40), this === module.exports, typeof require.extensions['.js']);
`,
    stdout: '/tmp/cloche/work/main.js /tmp/cloche/work .',
  },
  {
    name: 'the call stack, with all of its frames',
    code: `Error.stackTraceLimit = Infinity;
function inner() { return new Error('shown').stack; }
console.log(inner());
Error.prepareStackTrace = (error, sites) => sites.map((site) => [site.getFileName(), site.getLineNumber(), site.getFunctionName(), site.isToplevel()]);
console.log(inner());
`,
    stdout: 'at inner (/tmp/cloche/work/main.js:2:',
  },
  {
    name: 'every loaded builtin module and every global',
    code: `console.log(process.moduleLoadList.slice().sort().join('\\n'));
console.log(Object.getOwnPropertyNames(globalThis).sort(), require('node:module').builtinModules.length);
`,
    stdout: 'NativeModule internal/modules/cjs/loader',
  },
  {
    name: 'the whole environment, in its order',
    code: `console.log(process.env, require('node:fs').readFileSync('/proc/self/environ', 'latin1').split('\\0'));
`,
    stdout: "HOME: '/tmp/cloche/home'",
  },
  {
    name: 'signal masks, command line, limits and threads',
    code: `const { readFileSync } = require('node:fs');
const status = readFileSync('/proc/self/status', 'utf8').split('\\n').filter((line) => /^(Sig(Pnd|Blk|Ign|Cgt)|Shd|Cap|NoNew|Seccomp|Uid|Gid|Umask|Cpus|Threads|State|Name)/.test(line));
console.log(status, readFileSync('/proc/self/cmdline', 'utf8').split('\\0'), readFileSync('/proc/self/limits', 'utf8'));
console.log(process.umask(), process.getuid(), process.getgroups(), require('node:os').getPriority(), readFileSync('/proc/self/oom_score_adj', 'utf8'));
`,
    stdout: /SigIgn:\\t000000000100[01]000/,
  },
  {
    name: 'every open descriptor, its flags and its position',
    code: `const { readdirSync, readlinkSync, readFileSync } = require('node:fs');
for (const name of readdirSync('/proc/self/fd').sort((a, b) => a - b)) {
  let target, info;
  try { target = readlinkSync('/proc/self/fd/' + name); info = readFileSync('/proc/self/fdinfo/' + name, 'utf8'); } catch { continue; }
  console.log(name, target.replace(/\\[\\d+\\]|\\d{2,}/g, '#'), /pos:\\s*\\d+/.exec(info)[0], /flags:\\s*\\d+/.exec(info)[0]);
}
`,
    stdout: '0 /dev/null',
  },
  {
    name: 'its parent, its group and its working directory',
    code: `const { readFileSync, readdirSync, lstatSync } = require('node:fs');
const fields = readFileSync('/proc/self/stat', 'utf8').split(') ')[1].split(' ');
console.log(Number(fields[2]) === process.pid, Number(fields[3]) === process.pid, Number(fields[1]) === process.ppid, fields.slice(4, 6));
console.log(process.cwd(), readdirSync('.', { withFileTypes: true }), lstatSync('.').mode.toString(8), readdirSync('..'), readdirSync('../home'));
console.log(readdirSync('/proc').filter((name) => Number(name)).map((name) => readFileSync('/proc/' + name + '/cmdline', 'utf8').slice(0, 60)));
`,
    stdout: 'true false true',
  },
  {
    name: 'the streams, and stdin at its end',
    code: `for (const name of ['stdin', 'stdout', 'stderr']) {
  const stream = process[name];
  console.log(name, stream.constructor.name, stream.isTTY, stream.fd, stream.writableHighWaterMark, stream.readable, stream.hasColors?.(), stream.columns);
}
process.stdin.on('data', () => console.log('data')).on('end', () => console.log('end')).on('close', () => console.log('close'));
console.log(require('node:fs').readFileSync(0).length);
`,
    stdout: '0\nend\n',
  },
  {
    name: 'what is active, the options and the permissions',
    code: `console.log(process.getActiveResourcesInfo(), process._getActiveHandles().length, process._getActiveRequests().length);
console.log(process.listenerCount('exit'), process.eventNames(), process.permission, process.sourceMapsEnabled, process.constrainedMemory(), process.throwDeprecation);
console.log(require('node:v8').getHeapStatistics().heap_size_limit, require('node:buffer').Buffer.poolSize, require('node:os').availableParallelism());
`,
  },
];
