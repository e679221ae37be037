import { shellQuote } from './shell-quote.ts';

/** Variables that bash lets nobody set. */
const SHELLS_OWN: ReadonlySet<string> = new Set(
  'BASHOPTS BASH_VERSINFO EUID PPID SHELLOPTS SHLVL UID _'.split(' '),
);

/** Shell text that defines `environment`, which sets the variables for what is started after it. */
export function environmentFunction(environment: Readonly<Record<string, string>>): string {
  const exports = Object.entries(environment)
    .filter(([name]) => !SHELLS_OWN.has(name))
    .map(([name, value]) => `export ${name}=${shellQuote(value)}`);
  return `environment() {\n:\n${exports.join('\n')}\n}\n`;
}

/** The command, started through `env` where a variable is one that only that can set; it takes a millisecond more. */
export function withShellsOwn(
  argv: readonly string[],
  environment: Readonly<Record<string, string>>,
): readonly string[] {
  const own = Object.entries(environment).filter(([name]) => SHELLS_OWN.has(name));
  return own.length === 0 ? argv : ['env', ...own.map(([name, value]) => `${name}=${value}`), ...argv];
}
