'use strict';

// Run by npm with a fetched package on the path: prints where that package's program lies.
const fs = require('fs');
const path = require('path');

const names = process.platform === 'win32' ? ['.exe', '.cmd', ''] : [''];
const directories = process.env.PATH.split(path.delimiter);
for (const directory of directories) {
  const found = names
    .map((name) => path.join(directory, process.argv[2] + name))
    .find((file) => fs.existsSync(file));
  if (found) {
    process.stdout.write(fs.realpathSync(found) + '\n');
    break;
  }
}
