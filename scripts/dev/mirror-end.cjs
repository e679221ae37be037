'use strict';

const os = require('os');

/** Ends this process the way a child ended: by the same code, or by the same signal. */
function mirrorEnd(ending) {
  if (!ending.signal) process.exit(ending.code);
  process.kill(process.pid, ending.signal);
  // Node.js ignores some signals (SIGPIPE); then the shell's number for them has to do.
  setTimeout(() => process.exit(128 + (os.constants.signals[ending.signal] || 1)), 100);
}

module.exports = mirrorEnd;
