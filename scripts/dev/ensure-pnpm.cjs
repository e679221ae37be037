'use strict';

const fs = require('fs');
const npmExec = require('./npm-exec.cjs');
const { readState, writeState } = require('./state-directory.cjs');
const versions = require('./versions.json');

/** The absolute path of the pnpm that this repository is built with. */
async function ensurePnpm(rootDirectory) {
  const stored = readState(rootDirectory, 'pnpm.json');
  if (stored && stored.version === versions.pnpm && fs.existsSync(stored.file)) return stored.file;
  const file = await npmExec(rootDirectory, 'pnpm', versions.pnpm, 'pnpm');
  writeState(rootDirectory, 'pnpm.json', { version: versions.pnpm, file });
  return file;
}

module.exports = ensurePnpm;
