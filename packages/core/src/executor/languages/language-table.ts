import { javaFileName, javaMainClass } from './java-main-class.ts';
import type { LanguageDefinition } from './language-definition.ts';
import type { LanguageId } from './language-id.ts';

const MEBIBYTE = 1024 * 1024;

/** Half of the limit: the rest is for the virtual machine itself, its threads and its code. */
function javaHeapArgument(memoryBytes: number): string {
  return `-Xmx${Math.max(16, Math.floor(memoryBytes / 2 / MEBIBYTE))}m`;
}

/** In a module, the package of the entry file: its directory. */
function goPackageOf(entry: string): string {
  const end = entry.lastIndexOf('/');
  return end < 0 ? '.' : `./${entry.slice(0, end)}`;
}

/**
 * The one table of languages. An executor may override a row (another file name for a program, an
 * image), and reports by probing what is really there.
 */
export const LANGUAGES: Readonly<Record<LanguageId, LanguageDefinition>> = {
  python: {
    id: 'python',
    displayName: 'Python',
    aliases: ['py', 'python3'],
    extensions: ['.py'],
    interpreters: ['python', 'python3'],
    programs: [{ name: 'python3', versionArguments: ['--version'], versionPattern: /Python (\S+)/u }],
    image: 'python:3.14-slim',
    // Unbuffered, so that output is live and what was printed before a timeout is not lost.
    environment: { PYTHONUNBUFFERED: '1', PYTHONDONTWRITEBYTECODE: '1', PYTHONUTF8: '1' },
    entryFileName: () => 'main.py',
    compile: null,
    run: ({ entry, extraArguments }) => ['python3', ...extraArguments, entry],
  },
  javascript: {
    id: 'javascript',
    displayName: 'JavaScript',
    aliases: ['js', 'node', 'nodejs', 'ecmascript'],
    extensions: ['.js', '.mjs', '.cjs'],
    interpreters: ['node', 'nodejs'],
    programs: [{ name: 'node', versionArguments: ['--version'], versionPattern: /v(\d\S*)/u }],
    image: 'node:24-slim',
    environment: {},
    entryFileName: () => 'main.js',
    compile: null,
    run: ({ entry, extraArguments }) => ['node', ...extraArguments, entry],
  },
  typescript: {
    id: 'typescript',
    displayName: 'TypeScript',
    aliases: ['ts'],
    extensions: ['.ts', '.mts', '.cts'],
    interpreters: ['tsx', 'ts-node', 'deno', 'bun'],
    programs: [{ name: 'node', versionArguments: ['--version'], versionPattern: /v(\d\S*)/u }],
    image: 'node:24-slim',
    environment: {},
    entryFileName: () => 'main.ts',
    compile: 'host-transform',
    run: ({ entry, extraArguments }) => ['node', ...extraArguments, entry],
  },
  java: {
    id: 'java',
    displayName: 'Java',
    aliases: [],
    extensions: ['.java'],
    interpreters: ['java'],
    programs: [
      { name: 'javac', versionArguments: ['-version'], versionPattern: /javac (\S+)/u },
      { name: 'java', versionArguments: ['-version'], versionPattern: /version "([^"]+)"/u },
    ],
    image: 'eclipse-temurin:25-jdk',
    environment: {},
    entryFileName: javaFileName,
    compile: ({ sources, extraArguments }) => [
      'javac',
      '-J-XX:TieredStopAtLevel=1',
      '-J-XX:+UseSerialGC',
      '-J-Xmx384m',
      '-encoding',
      'UTF-8',
      '-proc:none',
      '-d',
      '../build',
      ...extraArguments,
      ...sources,
    ],
    run: ({ entry, entryText, memoryBytes }) => [
      'java',
      '-XX:+UseSerialGC',
      '-XX:TieredStopAtLevel=1',
      '-Xshare:auto',
      '-Dfile.encoding=UTF-8',
      '-Dstdout.encoding=UTF-8',
      '-Dstderr.encoding=UTF-8',
      javaHeapArgument(memoryBytes),
      '-cp',
      '../build:.',
      javaMainClass(entryText, entry),
    ],
  },
  go: {
    id: 'go',
    displayName: 'Go',
    aliases: ['golang'],
    extensions: ['.go'],
    interpreters: ['go'],
    programs: [{ name: 'go', versionArguments: ['version'], versionPattern: /go version go(\S+)/u }],
    image: 'golang:1.26',
    // No toolchain or module is fetched behind the user's back; without cgo the cached standard library fits.
    environment: {
      GOTOOLCHAIN: 'local',
      GOPROXY: 'off',
      GOFLAGS: '-buildvcs=false',
      GOTELEMETRY: 'off',
      CGO_ENABLED: '0',
    },
    entryFileName: () => 'main.go',
    compile: ({ entry, sources, paths, extraArguments }) => [
      'go',
      'build',
      '-o',
      '../build/main',
      ...extraArguments,
      ...(paths.includes('go.mod') ? [goPackageOf(entry)] : sources),
    ],
    run: () => ['../build/main'],
  },
  rust: {
    id: 'rust',
    displayName: 'Rust',
    aliases: ['rs'],
    extensions: ['.rs'],
    interpreters: ['rustc', 'cargo', 'rust-script'],
    programs: [{ name: 'rustc', versionArguments: ['--version'], versionPattern: /rustc (\S+)/u }],
    image: 'rust:1.95-slim',
    environment: {},
    entryFileName: () => 'main.rs',
    // The modules of a crate are found from its entry, so only that one is named.
    compile: ({ entry, extraArguments }) => [
      'rustc',
      '--edition=2021',
      '-Copt-level=1',
      '-Cdebuginfo=0',
      // The standard library's own, of which backtraces need nothing: it makes up nine tenths of a program.
      '-Cstrip=debuginfo',
      '--color=never',
      '-o',
      '../build/main',
      ...extraArguments,
      entry,
    ],
    run: () => ['../build/main'],
  },
  bash: {
    id: 'bash',
    displayName: 'Bash',
    aliases: ['sh', 'shell'],
    extensions: ['.sh', '.bash'],
    interpreters: ['bash', 'sh'],
    programs: [{ name: 'bash', versionArguments: ['--version'], versionPattern: /version (\d[\d.]*)/u }],
    image: 'bash:5.3',
    environment: {},
    entryFileName: () => 'main.sh',
    compile: null,
    run: ({ entry, extraArguments }) => ['bash', ...extraArguments, entry],
  },
  c: {
    id: 'c',
    displayName: 'C',
    aliases: ['gcc'],
    extensions: ['.c'],
    interpreters: ['tcc'],
    programs: [{ name: 'gcc', versionArguments: ['-dumpfullversion'], versionPattern: /^(\d\S*)/u }],
    image: 'gcc:15',
    environment: {},
    entryFileName: () => 'main.c',
    compile: ({ sources, extraArguments }) => [
      'gcc',
      '-O1',
      '-pipe',
      '-fdiagnostics-color=never',
      '-pthread',
      '-o',
      '../build/main',
      ...extraArguments,
      ...sources,
      '-lm',
    ],
    run: () => ['../build/main'],
  },
  cpp: {
    id: 'cpp',
    displayName: 'C++',
    aliases: ['c++', 'cxx', 'cc', 'g++'],
    extensions: ['.cpp', '.cc', '.cxx', '.c++'],
    interpreters: [],
    programs: [{ name: 'g++', versionArguments: ['-dumpfullversion'], versionPattern: /^(\d\S*)/u }],
    image: 'gcc:15',
    environment: {},
    entryFileName: () => 'main.cpp',
    compile: ({ sources, extraArguments }) => [
      'g++',
      '-std=c++20',
      '-O1',
      '-pipe',
      '-fdiagnostics-color=never',
      '-pthread',
      '-o',
      '../build/main',
      ...extraArguments,
      ...sources,
    ],
    run: () => ['../build/main'],
  },
};
