import { open, realpath } from 'node:fs/promises';
import path from 'node:path';
import { askProgram } from './ask-program.ts';

interface Resolver {
  readonly arguments: readonly string[];
  /** The real program's path from what it printed; null when it does not say. */
  readonly parse: (output: string) => string | null;
}

const JAVA_HOME = /java\.home = (?<home>.+)/u;

function fromJavaHome(program: string): Resolver['parse'] {
  return (output) => {
    const home = JAVA_HOME.exec(output)?.groups?.['home']?.trim();
    return home === undefined ? null : path.join(home, 'bin', program);
  };
}

/** How each program tells where it really is. */
const RESOLVERS: Readonly<Record<string, Resolver>> = {
  python3: { arguments: ['-I', '-c', 'import sys; print(sys.executable)'], parse: firstLine },
  node: { arguments: ['-p', 'process.execPath'], parse: firstLine },
  rustc: { arguments: ['--print', 'sysroot'], parse: (output) => inBin(firstLine(output), 'rustc') },
  go: { arguments: ['env', 'GOROOT'], parse: (output) => inBin(firstLine(output), 'go') },
  java: { arguments: ['-XshowSettings:properties', '-version'], parse: fromJavaHome('java') },
  javac: { arguments: ['-J-XshowSettings:properties', '-version'], parse: fromJavaHome('javac') },
};

/** Programs that start another one by the name they were called by. */
const DISPATCHERS = new Set(['rustup', 'rustup-init', 'mise', 'rtx', 'asdf', 'volta-shim', 'proto-shim']);

/**
 * The program behind `file`: links are followed, and a shim of pyenv, nvm, asdf, mise or rustup is asked
 * where the real one is. Null when it cannot be told, so that the next one on the path is tried.
 */
export async function resolveShim(
  name: string,
  file: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<string | null> {
  const real = await realpath(file);
  if (path.basename(real) === 'ccache') return null;
  if (await isInVirtualEnvironment(file)) return file;
  if (!DISPATCHERS.has(path.basename(real)) && !(await isScript(real)) && !(await isRustupLink(real)))
    return real;
  const resolver = RESOLVERS[name];
  if (resolver === undefined) return real;
  const output = await askProgram(file, resolver.arguments, environment);
  const answer = output === null ? null : resolver.parse(output);
  if (answer === null || !path.isAbsolute(answer)) return null;
  return realpath(answer).catch(() => null);
}

/** A virtual environment's interpreter finds its packages by the path it is called by, so that path is kept. */
async function isInVirtualEnvironment(file: string): Promise<boolean> {
  const marker = path.join(path.dirname(path.dirname(file)), 'pyvenv.cfg');
  return realpath(marker).then(
    () => true,
    () => false,
  );
}

async function isScript(file: string): Promise<boolean> {
  const handle = await open(file, 'r').catch(() => null);
  if (handle === null) return false;
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    return buffer.toString('latin1', 0, bytesRead) === '#!';
  } finally {
    await handle.close();
  }
}

/** rustup may install its proxies as hard links, which have no other name to be known by than their directory. */
function isRustupLink(file: string): Promise<boolean> {
  const sibling = path.join(path.dirname(file), 'rustup');
  return realpath(sibling).then(
    () => true,
    () => false,
  );
}

function firstLine(output: string): string | null {
  const line = output.split('\n', 1)[0]?.trim();
  return line === undefined || line === '' ? null : line;
}

function inBin(directory: string | null, program: string): string | null {
  return directory === null ? null : path.join(directory, 'bin', program);
}
