'use strict';

const fs = require('fs');
const npmExec = require('./npm-exec.cjs');
const { readState, writeState } = require('./state-directory.cjs');
const SetupError = require('./setup-error.cjs');
const versions = require('./versions.json');
const withSetupLock = require('./setup-lock.cjs');

/** True for a Node.js that runs TypeScript as it is and without a warning: 22.18, 24.3 and everything after. */
function runsTypeScript(version) {
  const numbers = version.split('.').map(Number);
  if (numbers[0] === 22) return numbers[1] >= 18;
  if (numbers[0] === 24) return numbers[1] >= 3;
  return numbers[0] > 24;
}

function remembered(rootDirectory) {
  const stored = readState(rootDirectory, 'node.json');
  return stored && stored.version === versions.node && fs.existsSync(stored.file) ? stored.file : null;
}

/** The absolute path of a Node.js that can run this repository: the one at hand, or one from npm. */
async function ensureNode(rootDirectory) {
  if (runsTypeScript(process.versions.node)) return process.execPath;
  const known = remembered(rootDirectory);
  if (known) return known;
  return withSetupLock(rootDirectory, async () => {
    const meanwhile = remembered(rootDirectory);
    if (meanwhile) return meanwhile;
    process.stderr.write(
      'Node.js ' + process.versions.node + ' is too old for this repository (22.18 or newer).\n',
    );
    try {
      const file = await npmExec(rootDirectory, 'node', versions.node, 'node');
      writeState(rootDirectory, 'node.json', { version: versions.node, file });
      return file;
    } catch (error) {
      if (!(error instanceof SetupError)) throw error;
      throw new SetupError(
        error.message,
        error.hint + '\nOr install Node.js 22.18 or newer and try again.',
        error.ending,
      );
    }
  });
}

module.exports = ensureNode;
