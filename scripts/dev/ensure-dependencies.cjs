'use strict';

const crypto = require('crypto');
const fs = require('fs');
const path = require('path');
const ensurePnpm = require('./ensure-pnpm.cjs');
const runChild = require('./run-child.cjs');
const SetupError = require('./setup-error.cjs');
const { readState, writeState } = require('./state-directory.cjs');
const withSetupLock = require('./setup-lock.cjs');

function readOrEmpty(file) {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function packageDirectories(rootDirectory) {
  const parent = path.join(rootDirectory, 'packages');
  return fs.readdirSync(parent).map((name) => path.join(parent, name));
}

/** Changes with everything that an install depends on, the lockfile apart (an install may write that). */
function manifestsKey(rootDirectory) {
  const hash = crypto.createHash('sha256');
  const directories = packageDirectories(rootDirectory).concat(rootDirectory);
  const files = directories.map((directory) => path.join(directory, 'package.json'));
  files.concat(path.join(rootDirectory, 'pnpm-workspace.yaml')).forEach((file) => {
    const text = readOrEmpty(file);
    if (text) hash.update(path.relative(rootDirectory, file) + '\0' + text + '\0');
  });
  return hash.digest('hex');
}

function lockfileKey(rootDirectory) {
  const text = readOrEmpty(path.join(rootDirectory, 'pnpm-lock.yaml'));
  return crypto.createHash('sha256').update(text).digest('hex');
}

/** Native packages differ by system and processor, and a tree may be shared between two of them. */
function stampOf(rootDirectory, manifests) {
  const system = process.platform + ' ' + process.arch;
  return { manifests, lockfile: lockfileKey(rootDirectory), system };
}

function isInstalled(rootDirectory) {
  const stored = readState(rootDirectory, 'dependencies.json');
  if (!stored) return false;
  const wanted = stampOf(rootDirectory, manifestsKey(rootDirectory));
  const isSame = Object.keys(wanted).every((key) => stored[key] === wanted[key]);
  return isSame && fs.existsSync(path.join(rootDirectory, 'node_modules', '.modules.yaml'));
}

async function install(rootDirectory, node) {
  const manifests = manifestsKey(rootDirectory);
  const pnpm = await ensurePnpm(rootDirectory);
  process.stderr.write('Installing dependencies …\n');
  const environment = Object.assign({}, process.env);
  const key = Object.keys(environment).find((name) => name.toUpperCase() === 'PATH') || 'PATH';
  environment[key] = [path.dirname(node), environment[key]].join(path.delimiter);
  const ending = await runChild(
    pnpm,
    ['install', '--config.confirm-modules-purge=false', '--reporter=append-only'],
    {
      cwd: rootDirectory,
      env: environment,
      // Both streams of it go to stderr: stdout belongs to the command that follows.
      stdio: ['ignore', 2, 2],
    },
  );
  if (ending.code !== 0) {
    throw new SetupError(
      'The dependencies could not be installed: pnpm ended with ' +
        (ending.signal || 'exit code ' + ending.code) +
        '.',
      'What it said stands above. Check that npm reaches its registry (`npm ping`) and that the disk has room;\n' +
        'if node_modules is in a state that pnpm cannot mend, remove it and try again.',
      ending,
    );
  }
  writeState(rootDirectory, 'dependencies.json', stampOf(rootDirectory, manifests));
}

/** Installs the dependencies unless exactly these are there already. */
async function ensureDependencies(rootDirectory, node) {
  if (isInstalled(rootDirectory)) return;
  await withSetupLock(rootDirectory, async () => {
    if (!isInstalled(rootDirectory)) await install(rootDirectory, node);
  });
}

module.exports = ensureDependencies;
