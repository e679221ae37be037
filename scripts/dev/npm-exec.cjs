'use strict';

const fs = require('fs');
const path = require('path');
const runChild = require('./run-child.cjs');
const SetupError = require('./setup-error.cjs');

function isNpm(file) {
  return Boolean(file) && path.basename(file) === 'npm-cli.js' && fs.existsSync(file);
}

/** npm's own JavaScript file: starting that needs no shell, which npm's `.cmd` file on Windows would. */
function findNpm() {
  const besideNode = path.dirname(process.execPath);
  const candidates = [
    process.env.npm_execpath,
    path.join(besideNode, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    path.join(besideNode, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ];
  (process.env.PATH || '').split(path.delimiter).forEach((directory) => {
    try {
      candidates.push(fs.realpathSync(path.join(directory, 'npm')));
    } catch {
      // This directory of the path has no npm.
    }
  });
  const found = candidates.find(isNpm);
  if (found) return found;
  throw new SetupError(
    'npm was not found beside Node.js.',
    'Start this through npm: `npm run cloche -- --help`.',
  );
}

/** Has npm fetch one package and says where its program lies. */
async function npmExec(rootDirectory, packageName, version, program) {
  const packageId = packageName + '@' + version;
  process.stderr.write('Getting ' + packageId + ' …\n');
  // `npm run --silent` would reach this npm too and hide why it failed.
  const environment = Object.assign({}, process.env, { npm_config_loglevel: 'error' });
  const call = 'node ' + ['scripts', 'dev', 'which.cjs'].join(path.sep) + ' ' + program;
  const argv = [findNpm(), 'exec', '--yes', '--package=' + packageId, '--call', call];
  const ending = await runChild(process.execPath, argv, {
    cwd: rootDirectory,
    env: environment,
    stdio: ['ignore', 'pipe', 2],
  });
  const file = ending.stdout.trim().split('\n').pop();
  if (ending.code === 0 && file && fs.existsSync(file)) return file;
  throw new SetupError(
    'npm could not get ' + packageId + ' (' + (ending.signal || 'exit code ' + ending.code) + ').',
    'Check that npm reaches its registry: `npm ping`, `npm config get proxy`.',
    ending,
  );
}

module.exports = npmExec;
