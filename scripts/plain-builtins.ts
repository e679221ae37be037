import type { Rolldown } from 'tsdown';

const IMPORT =
  /^import (?<defaultName>[\w$]+)?(?:, )?(?:\{(?<names>[^}]*)\})? from "(?<module>node:[\w/]+)";$/u;

/**
 * Takes what Node.js brings along as `require` does. An `import` of it also makes a module record of each, and reads
 * every property for that, which loads parts of Node.js that nobody has asked for: 5 ms of a command's start.
 */
export function plainBuiltins(): Rolldown.Plugin {
  return {
    name: 'plain-builtins',
    renderChunk: (code) => {
      const lines = code.split('\n');
      // Imports come first; further down could be the text of a program.
      const end = lines.findIndex((line) => !/^(?:import |#!)/u.test(line));
      return {
        code: lines.map((line, index) => (index < end ? plainImport(line) : line)).join('\n'),
        map: null,
      };
    },
  };
}

/** Renames, and keeps, what cannot be taken so: a namespace has a `default` that the module itself lacks. */
function plainImport(line: string): string {
  const { defaultName, names, module } = IMPORT.exec(line)?.groups ?? {};
  if (module === undefined) return line;
  const taken = `globalThis.process.getBuiltinModule("${module}")`;
  return [
    ...(defaultName === undefined ? [] : [`const ${defaultName} = ${taken};`]),
    ...(names === undefined ? [] : [`const {${names.replaceAll(' as ', ': ')}} = ${taken};`]),
  ].join(' ');
}
