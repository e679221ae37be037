'use strict';

const fs = require('fs');
const path = require('path');

/** Where set-up keeps what it found out: ignored by git, gone with node_modules. */
function stateDirectory(rootDirectory) {
  const directory = path.join(rootDirectory, 'node_modules', '.cache', 'cloche');
  fs.mkdirSync(directory, { recursive: true });
  return directory;
}

/** The stored value, or null where there is none that can be read. */
function readState(rootDirectory, name) {
  try {
    return JSON.parse(
      fs.readFileSync(path.join(rootDirectory, 'node_modules', '.cache', 'cloche', name), 'utf8'),
    );
  } catch {
    return null;
  }
}

/** Stored whole or not at all, whoever else is reading or writing. */
function writeState(rootDirectory, name, value) {
  const target = path.join(stateDirectory(rootDirectory), name);
  const draft = target + '.' + process.pid;
  fs.writeFileSync(draft, JSON.stringify(value) + '\n');
  fs.renameSync(draft, target);
}

module.exports = { stateDirectory, readState, writeState };
