'use strict';

const childProcess = require('child_process');
const fs = require('fs');

// Long enough for a child that was sent the signal too to have ended by itself.
const interruptGraceMs = 400;
const parentPollMs = 500;

/** True where Ctrl-C in the terminal reaches the child without us: it belongs to the same foreground group. */
function isInForeground() {
  try {
    const fields = fs.readFileSync('/proc/self/stat', 'utf8').split(') ').pop().split(' ');
    // state, ppid, pgrp, session, tty_nr, tpgid
    return fields[2] === fields[5];
  } catch {
    return process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY;
  }
}

/**
 * npm starts us through a shell, and a signal to npm ends that shell without reaching us. A parent that is gone is what
 * there is to see of it.
 */
function watchParent(onGone) {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    onGone();
  }, parentPollMs);
  return timer;
}

/** Passes on the signals that do not reach the child without us. Returns the function that stops doing so. */
function passSignalsOn(child) {
  let interruptTimer = null;
  const parentTimer = process.env.npm_lifecycle_event ? watchParent(() => child.kill('SIGTERM')) : null;
  const handlers = {
    // A terminal sends Ctrl-C to the whole group, and npm sends it to us once more: handing that on would make a
    // child that ends tidily at the first interrupt and at once at the second skip its tidying.
    SIGINT() {
      if (interruptTimer || isInForeground()) return;
      interruptTimer = setTimeout(() => {
        interruptTimer = null;
        child.kill('SIGINT');
      }, interruptGraceMs);
    },
    SIGTERM() {
      child.kill('SIGTERM');
    },
    SIGHUP() {
      child.kill('SIGHUP');
    },
  };
  Object.keys(handlers).forEach((signal) => process.on(signal, handlers[signal]));
  return () => {
    clearTimeout(interruptTimer);
    clearInterval(parentTimer);
    Object.keys(handlers).forEach((signal) => process.removeListener(signal, handlers[signal]));
  };
}

/** Runs argv without a shell and waits: resolves to `{ code, signal, stdout }`, rejects if it cannot start. */
function runChild(file, argv, options) {
  return new Promise((resolve, reject) => {
    const child = childProcess.spawn(file, argv, options);
    const stopPassing = passSignalsOn(child);
    const chunks = [];
    if (child.stdout) child.stdout.on('data', (chunk) => chunks.push(chunk));
    child.on('error', stopPassing);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      stopPassing();
      resolve({ code, signal, stdout: Buffer.concat(chunks).toString('utf8') });
    });
  });
}

module.exports = runChild;
