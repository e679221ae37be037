import { existsSync } from 'node:fs';
import { lstat, readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { RequestFile } from '@cloche/core/executor';
import { printable } from '../../output/printable.ts';
import { invalidRequest } from './invalid-request.ts';
import { asReadError, readInputFile } from './read-input-file.ts';
import type { ReadHints } from './read-input-file.ts';

export interface CollectOptions {
  readonly workingDirectory: string;
  /** The program's own file; null for one that came through stdin. */
  readonly programPath: string | null;
  readonly limitBytes: number;
  readonly limitCount: number;
  /** What a directory and a file that is too large are answered with. Default: as for `--file`. */
  readonly hints?: ReadHints;
  /** By which the files were named. Default `--file`. */
  readonly flag?: '--file' | '--context';
  /** Default true. */
  readonly mayBeDirectory?: boolean;
}

interface FoundFile {
  readonly hostPath: string;
  /** Relative to the work directory, with `/`. */
  readonly destination: string;
}

/**
 * The files of `--file HOST[:DEST]`. A directory is taken with everything in it. A symbolic link is read
 * through where its target stays inside the directory that was named, and refused where it leaves it.
 *
 * @throws ClocheError `ERR_REQUEST_INVALID`
 */
export async function collectFiles(
  words: readonly string[],
  options: CollectOptions,
): Promise<RequestFile[]> {
  const files: RequestFile[] = [];
  let roomBytes = options.limitBytes;
  for (const word of words) {
    const { host, destination } = splitWord(word, options);
    for (const found of await find(host, destination, options)) {
      if (await isProgramItself(found, options)) continue;
      if (files.length >= options.limitCount) throw tooMany(options.limitCount);
      const { content, isExecutable } = await readInputFile(found.hostPath, roomBytes, options.hints);
      roomBytes -= content.length;
      files.push({ path: found.destination, content, executable: isExecutable });
    }
  }
  return files;
}

/** The last colon divides, but for one in a name that is there as a whole, and for a drive letter. */
function splitWord(word: string, options: CollectOptions): { host: string; destination: string } {
  const colon = word.lastIndexOf(':');
  const isDrive = process.platform === 'win32' && colon === 1;
  if (colon > 0 && !isDrive && !existsSync(resolve(options.workingDirectory, word))) {
    return {
      host: resolve(options.workingDirectory, word.slice(0, colon)),
      destination: word.slice(colon + 1),
    };
  }
  const host = resolve(options.workingDirectory, word);
  return { host, destination: defaultDestination(host, options) };
}

/** Where the program would find it, were it started from its own directory, or else from the current one. */
function defaultDestination(host: string, { programPath, workingDirectory }: CollectOptions): string {
  const bases = programPath === null ? [workingDirectory] : [dirname(programPath), workingDirectory];
  const base = bases.find((candidate) => isInside(host, candidate));
  return base === undefined ? basename(host) : relative(base, host).split(sep).join('/');
}

async function find(host: string, destination: string, options: CollectOptions): Promise<FoundFile[]> {
  try {
    const status = await stat(host);
    // Read as a file, a directory is refused with the reason.
    if (!status.isDirectory() || options.mayBeDirectory === false) {
      await refuseLeavingLink(host, [dirname(host), options.workingDirectory], options.flag);
      return [{ hostPath: host, destination: destination === '' ? basename(host) : destination }];
    }
    return await findInDirectory(host, destination, options);
  } catch (error) {
    throw asReadError(error, host, options.hints);
  }
}

async function findInDirectory(
  root: string,
  destination: string,
  options: CollectOptions,
): Promise<FoundFile[]> {
  const found: FoundFile[] = [];
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    if (entry.isDirectory()) continue;
    const hostPath = join(entry.parentPath, entry.name);
    if (entry.isSymbolicLink()) await refuseLeavingLink(hostPath, [root]);
    else if (!entry.isFile()) throw notAFile(hostPath);
    if ((await stat(hostPath)).isDirectory()) throw linkToDirectory(hostPath);
    const inside = relative(root, hostPath).split(sep).join('/');
    found.push({ hostPath, destination: destination === '' ? inside : `${destination}/${inside}` });
    if (found.length > options.limitCount) throw tooMany(options.limitCount);
  }
  return found;
}

async function refuseLeavingLink(path: string, allowed: readonly string[], flag = '--file'): Promise<void> {
  if (!(await lstat(path)).isSymbolicLink()) return;
  const target = await realpath(path);
  for (const directory of allowed) {
    if (isInside(target, await realpath(directory))) return;
  }
  throw invalidRequest(
    {
      en: `${printable(path)} is a symbolic link to ${printable(target)}, which lies outside the directory that was given.`,
      zh: `${printable(path)} 是指向 ${printable(target)} 的符号链接，目标在给定目录之外。`,
    },
    {
      en: `If the program may see that file, name it itself: ${flag} TARGET:DEST`,
      zh: `如果允许程序查看该文件，请直接指定它：${flag} TARGET:DEST`,
    },
  );
}

/** A directory may hold the program too, which goes in by itself. */
async function isProgramItself(
  { hostPath, destination }: FoundFile,
  { programPath }: CollectOptions,
): Promise<boolean> {
  if (programPath === null || destination !== basename(programPath)) return false;
  return (await realpath(hostPath)) === (await realpath(programPath));
}

function isInside(path: string, directory: string): boolean {
  const way = relative(directory, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function notAFile(path: string): Error {
  return invalidRequest({
    en: `${printable(path)} is neither a file nor a directory, so it cannot go in.`,
    zh: `${printable(path)} 既不是文件也不是目录，无法传入。`,
  });
}

function linkToDirectory(path: string): Error {
  return invalidRequest(
    {
      en: `${printable(path)} is a symbolic link to a directory; links to files only are followed.`,
      zh: `${printable(path)} 是指向目录的符号链接；只跟随指向文件的链接。`,
    },
    { en: 'Name that directory with a --file of its own.', zh: '请用单独的 --file 指定该目录。' },
  );
}

function tooMany(limit: number): Error {
  return invalidRequest(
    { en: `There are more input files than the limit of ${limit}.`, zh: `输入文件超过上限 ${limit} 个。` },
    {
      en: 'Name fewer, or raise the limit with --input-count 5000.',
      zh: '请减少文件，或用 --input-count 5000 提高上限。',
    },
  );
}
