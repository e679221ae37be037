'use strict';

// What every npm script of this repository goes through: `node scripts/dev.cjs NAME ARGS…`.
// It runs on whatever Node.js npm runs on, so it is plain CommonJS in old syntax, without dependencies. It makes
// sure that a new enough Node.js and the dependencies are there, then runs the command itself, with its arguments
// untouched. Set-up talks on stderr alone: stdout belongs to the command.

const path = require('path');
const commands = require('./dev/commands.cjs');
const ensureDependencies = require('./dev/ensure-dependencies.cjs');
const ensureNode = require('./dev/ensure-node.cjs');
const ensurePnpm = require('./dev/ensure-pnpm.cjs');
const mirrorEnd = require('./dev/mirror-end.cjs');
const runChild = require('./dev/run-child.cjs');
const SetupError = require('./dev/setup-error.cjs');

const rootDirectory = path.dirname(__dirname);

/** npm moves to the package's root first; INIT_CWD is where the user typed the command. */
function userDirectory() {
  const current = process.cwd();
  const initial = process.env.INIT_CWD;
  return initial && current === rootDirectory ? initial : current;
}

function environmentOf(command, node, pnpm) {
  const environment = Object.assign({}, process.env, { TURBO_TELEMETRY_DISABLED: '1' });
  // A user's program sees the tools that the user has; the repository's own tools see the Node.js chosen here.
  if (command.runsUserPrograms) return environment;
  const directories = [path.dirname(node)];
  if (pnpm) directories.push(path.dirname(pnpm));
  const key = Object.keys(environment).find((name) => name.toUpperCase() === 'PATH') || 'PATH';
  environment[key] = directories.concat(environment[key] || []).join(path.delimiter);
  return environment;
}

async function main() {
  const name = process.argv[2];
  const command = Object.prototype.hasOwnProperty.call(commands, name) ? commands[name] : undefined;
  if (!command) {
    const known = Object.keys(commands).join(', ');
    throw new SetupError('There is no command ' + JSON.stringify(name || '') + '.', 'Known: ' + known + '.');
  }
  const node = await ensureNode(rootDirectory);
  await ensureDependencies(rootDirectory, node);
  const pnpm = command.needsPnpm ? await ensurePnpm(rootDirectory, node) : null;

  const ending = await runChild(node, command.argumentsFor(rootDirectory, process.argv.slice(3)), {
    cwd: command.runsUserPrograms ? userDirectory() : rootDirectory,
    env: environmentOf(command, node, pnpm),
    stdio: 'inherit',
  });
  mirrorEnd(ending);
}

main().catch((error) => {
  const isExpected = error instanceof SetupError;
  process.stderr.write('\n' + (isExpected ? error.message + '\n' + error.hint : error.stack) + '\n');
  // 125 is the code of the command line for trouble with the platform, as opposed to the program.
  mirrorEnd((isExpected && error.ending) || { code: 125, signal: null });
});
