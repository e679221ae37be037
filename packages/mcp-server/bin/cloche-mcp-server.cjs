#!/usr/bin/env node
'use strict';

// Plain ES5, so that an old Node.js can read this file and say what it lacks.
var parts = process.versions.node.split('.');
var major = Number(parts[0]);
var minor = Number(parts[1]);

if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(
    'cloche-mcp-server needs Node.js 22.18 or newer; this is ' +
      process.versions.node +
      ' (' +
      process.execPath +
      ').\n' +
      'Install a newer one, or run: npx -y -p node@24 -p @cloche/mcp-server cloche-mcp-server --help\n'
  );
  process.exit(125);
} else {
  require('./start.cjs');
}
