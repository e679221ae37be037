'use strict';

// Tried together; see docs/decisions/dependencies.md.
module.exports = { node: '24.21.0', pnpm: '12.21.0' };
