export { collectFunction } from './collect-function.ts';
export { environmentFunction, withShellsOwn } from './environment-function.ts';
export { FileReceiver } from './file-receiver.ts';
export type { FileLimits, ReceivedFiles } from './file-receiver.ts';
export { filesLeftOut } from './files-left-out.ts';
export { packFiles } from './pack-files.ts';
export { exitOf } from './program-exit.ts';
export type { ProgramExit } from './program-exit.ts';
export { removedFiles } from './removed-files.ts';
export type { SandboxFile } from './sandbox-file.ts';
export { byteText, shellQuote } from './shell-quote.ts';
export {
  GO_CACHE_DIRECTORY,
  JAVAC_ARCHIVE,
  TOOLCHAINS_BASE,
  TOOLCHAINS_CHECK,
  TOOLCHAINS_RECIPE,
} from './toolchains-recipe.ts';
