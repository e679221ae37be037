'use strict';

const fs = require('fs');
const os = require('os');
const path = require('path');
const { stateDirectory } = require('./state-directory.cjs');

const heartbeatMs = 2000;
const staleAfterMs = 60000;
const pollMs = 150;

function readOwner(file) {
  try {
    return { text: fs.readFileSync(file, 'utf8'), ageMs: Date.now() - fs.statSync(file).mtimeMs };
  } catch {
    return null;
  }
}

function isStale(owner) {
  if (owner.ageMs > staleAfterMs) return true;
  const words = owner.text.split(' ');
  // A process of another machine or container cannot be asked for; its heartbeat decides.
  if (words[1] !== os.hostname()) return false;
  try {
    process.kill(Number(words[0]), 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}

/** Moves the stale lock out of the way; puts it back if another process took it over in between. */
function removeStale(file, owner) {
  const aside = file + '.' + process.pid;
  try {
    fs.renameSync(file, aside);
    if (fs.readFileSync(aside, 'utf8') !== owner.text) fs.linkSync(aside, file);
    fs.unlinkSync(aside);
  } catch {
    // Somebody else removed it first.
  }
}

function tryTake(file) {
  try {
    fs.writeFileSync(file, [process.pid, os.hostname(), Date.now()].join(' '), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

/** Runs `work` while no other set-up of this tree runs. */
async function withSetupLock(rootDirectory, work) {
  const file = path.join(stateDirectory(rootDirectory), 'setup.lock');
  let told = false;
  while (!tryTake(file)) {
    const owner = readOwner(file);
    if (owner && isStale(owner)) {
      removeStale(file, owner);
      continue;
    }
    if (owner && !told) {
      process.stderr.write('Another set-up is at work here; waiting for it.\n');
      told = true;
    }
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
  const heartbeat = setInterval(() => {
    const now = new Date();
    fs.utimes(file, now, now, () => {});
  }, heartbeatMs);
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    fs.unlinkSync(file);
  }
}

module.exports = withSetupLock;
