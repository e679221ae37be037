import { isDeepStrictEqual } from 'node:util';
import type { LanguageId } from '@cloche/core/executor';
import { LANGUAGES } from '@cloche/core/executor';
import type { Job, StartedAhead } from './job-script.ts';
import { canInline } from './job-script.ts';

/** Less than a pipe holds, so that the agent never waits for a program that has gone. */
const TEXT_LIMIT_BYTES = 60_000;
const INTERPRETERS: Readonly<Partial<Record<LanguageId, string>>> = {
  python: 'python3',
  javascript: 'node',
  typescript: 'node',
};
/** PEP 263: a line with this in the first two makes Python read the file anew, from its beginning. */
const PYTHON_CODING = /^(?:[^\r\n]*(?:\r\n?|\n))?[ \t\f]*#[^\r\n]*coding[:=]/u;
/** Where it can go back to the beginning, Python takes a text for compiled code by two bytes, of which this is one. */
const COMPILED_PYTHON = /^.\r/su;
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/**
 * The interpreter that could have been started before this job was known, and wait in `open()` of its program, which
 * is a FIFO until then. Null where a program could tell that from a plain start: with arguments or flags, stdin, a
 * package.json that decides how it is read, a text that is read in more than one go, or variables, since some name
 * files that an interpreter reads before its program, and since secrets must not wait in an idle process.
 */
export function startAhead(job: Job, language: LanguageId): StartedAhead | null {
  const interpreter = INTERPRETERS[language];
  const [program, entry, ...more] = job.argv;
  if (interpreter === undefined || program !== interpreter || entry === undefined || more.length > 0)
    return null;
  if (job.hasStdin || !canInline(job.files)) return null;
  if (!isDeepStrictEqual(job.environment, LANGUAGES[language].environment)) return null;
  const file = job.files.find(({ path }) => path === entry);
  if (file === undefined || file.content.length > TEXT_LIMIT_BYTES) return null;
  if (job.files.some(({ path }) => path === 'package.json')) return null;
  if (language === 'python' && isReadTwice(file.content)) return null;
  return { argv: job.argv, environment: job.environment, entry };
}

function isReadTwice(content: Uint8Array): boolean {
  const text = Buffer.from(content);
  return (
    text.subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK) ||
    PYTHON_CODING.test(text.toString('latin1')) ||
    COMPILED_PYTHON.test(text.toString('latin1'))
  );
}

/** Variables that make an interpreter read files when it starts, which lie in the work directory only later. */
const READS_AT_START = /^(?:PYTHONPATH|PYTHONHOME|PYTHONPLATLIBDIR|NODE_OPTIONS|NODE_PATH)=/u;

/** Whether the image's own variables let its interpreters start before the files of a run are there. */
export function canStartAhead(imageEnvironment: readonly string[]): boolean {
  return !imageEnvironment.some((variable) => READS_AT_START.test(variable));
}

/** The same for two programs that were started ahead alike. */
export function aheadKey(ahead: StartedAhead | null): string {
  if (ahead === null) return '';
  const environment = Object.entries(ahead.environment).toSorted(([left], [right]) =>
    left < right ? -1 : 1,
  );
  return JSON.stringify([ahead.argv, ahead.entry, environment]);
}
