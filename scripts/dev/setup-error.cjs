'use strict';

/** Set-up that failed: what happened, and what to do about it. `ending` is there when a signal ended it. */
class SetupError extends Error {
  constructor(message, hint, ending) {
    super(message);
    this.hint = hint;
    this.ending = ending && ending.signal ? ending : null;
  }
}

module.exports = SetupError;
