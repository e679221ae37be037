'use strict';

const path = require('path');

const sourceCondition = '--conditions=@cloche/source';
const commandLine = path.join('packages', 'cli', 'src', 'bin.ts');

/** A command that is one JavaScript or TypeScript file, run by node with fixed arguments before the user's. */
function script(file, fixedArguments) {
  return {
    argumentsFor: (rootDirectory, args) =>
      [sourceCondition, path.join(rootDirectory, file)].concat(fixedArguments || [], args),
  };
}

function turbo(task) {
  const command = script('node_modules/turbo/bin/turbo', ['run', task]);
  return Object.assign(command, { needsPnpm: true });
}

/** Where a program is given by the user, it means what it would mean in the user's own directory and path. */
function forUserPrograms(command) {
  return Object.assign(command, { runsUserPrograms: true });
}

module.exports = {
  // Plain node: it starts in half the time that tsx takes.
  cloche: forUserPrograms(script(commandLine)),
  // tsx watches: the command line starts again whenever one of its sources changes.
  dev: forUserPrograms({
    argumentsFor: (rootDirectory, args) =>
      [
        path.join(rootDirectory, 'node_modules/tsx/dist/cli.mjs'),
        'watch',
        '--clear-screen=false',
        sourceCondition,
      ].concat(path.join(rootDirectory, commandLine), args),
  }),
  test: script('node_modules/vitest/vitest.mjs', ['run']),
  'test:watch': script('node_modules/vitest/vitest.mjs', ['watch']),
  bench: script('packages/cli/bench/main.ts'),
  eval: forUserPrograms(script('packages/cli/eval/main.ts')),
  check: Object.assign(script('scripts/check.ts'), { needsPnpm: true }),
  build: turbo('build'),
  'check:package': turbo('check:package'),
  typecheck: turbo('typecheck'),
  lint: script('node_modules/oxlint/bin/oxlint', ['--type-aware', '--fix']),
  format: script('node_modules/oxfmt/bin/oxfmt'),
  changeset: Object.assign(script('node_modules/@changesets/cli/bin.js'), { needsPnpm: true }),
  release: Object.assign(script('scripts/release.ts'), { needsPnpm: true }),
};
