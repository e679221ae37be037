import { randomBytes } from 'node:crypto';
import { ClocheError } from '../errors/cloche-error.ts';
import { languageFromFileName } from '../languages/detect-language.ts';
import type { LanguageDefinition } from '../languages/language-definition.ts';
import { LANGUAGE_IDS } from '../languages/language-id.ts';
import { LANGUAGES } from '../languages/language-table.ts';
import type { ExecutionLimits, LimitName } from '../limits/execution-limits.ts';
import { DEFAULT_LIMITS } from '../limits/execution-limits.ts';
import type { LocalizedText } from '../localized-text.ts';
import { checkLimits } from './check-limits.ts';
import { checkPath } from './check-path.ts';
import { checkWords } from './check-words.ts';
import type { ExecutionPlan, PlanCompile, PlanFile, PlanStdin } from './execution-plan.ts';
import type { ExecutionRequest } from './execution-request.ts';
import { transformedPath } from './transformed-path.ts';

/**
 * Checks a request and fills in everything that an executor needs, so that executors have no defaults.
 *
 * @param defaults limits where the request gives none; they are best-effort, the request's are required
 * @throws ClocheError `ERR_REQUEST_INVALID` with the field at fault, `ERR_LANGUAGE_UNSUPPORTED` for an unknown language
 */
export function createPlan(
  request: ExecutionRequest,
  defaults: ExecutionLimits = DEFAULT_LIMITS,
): ExecutionPlan {
  if (!Object.hasOwn(LANGUAGES, request.language)) throw unknownLanguage(request.language);
  const definition = LANGUAGES[request.language];
  const given = definedLimits(request.limits ?? {});
  checkLimits(given);
  const limits: ExecutionLimits = { ...defaults, ...given };

  const entryContent = toBytes(request.code);
  const entryText = new TextDecoder().decode(entryContent);
  if (entryText.trim() === '') throw invalid({ en: 'The program is empty.', zh: '程序为空。' });

  const entry = request.fileName ?? definition.entryFileName(entryText);
  checkFileCount(1 + (request.files?.length ?? 0), limits);
  const files = planFiles(entry, entryContent, request);
  const stdin = planStdin(request);
  checkInputBytes(files, stdin, limits);
  checkWords(request);

  const paths = files.map((file) => file.path);
  const sources = [entry, ...paths.filter((path) => path !== entry && isSourceOf(definition, path))];
  const transforms = definition.compile === 'host-transform';
  checkEntryName(definition, entry);
  if (transforms) checkNothingIsOverwritten(sources, paths);

  const context = {
    entry: asOperand(transforms ? transformedPath(entry) : entry),
    sources: sources.map(asOperand),
    paths,
    entryText,
    memoryBytes: limits.memoryBytes,
    extraArguments: request.compileArguments ?? [],
  };
  return {
    id: randomBytes(12).toString('hex'),
    language: request.language,
    entry,
    files,
    compile: planCompile(definition, context),
    runArgv: [...definition.run(context), ...(request.arguments ?? [])],
    environment: { ...definition.environment, ...request.environment },
    stdin,
    limits,
    requiredLimits: Object.keys(given) as LimitName[],
    network: request.network ?? 'none',
    isNetworkRequired: request.network !== undefined,
    collectArtifacts: request.collectArtifacts ?? true,
    principal: '',
  };
}

function planCompile(
  definition: LanguageDefinition,
  context: Parameters<LanguageDefinition['run']>[0],
): PlanCompile | null {
  if (definition.compile === null) return null;
  if (definition.compile === 'host-transform') return { kind: 'host-transform' };
  return { kind: 'command', argv: definition.compile(context) };
}

/** A name that begins with a dash would be read as an option; `./` in front makes it a file for every tool. */
function asOperand(path: string): string {
  return path.startsWith('-') || path.startsWith('@') ? `./${path}` : path;
}

function isSourceOf(definition: LanguageDefinition, path: string): boolean {
  return definition.extensions.some((extension) => path.toLowerCase().endsWith(extension));
}

function definedLimits(limits: Partial<ExecutionLimits>): Partial<ExecutionLimits> {
  return Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== undefined));
}

function planFiles(entry: string, entryContent: Uint8Array, request: ExecutionRequest): PlanFile[] {
  const files: PlanFile[] = [{ path: entry, content: entryContent, executable: false }];
  for (const file of request.files ?? []) {
    files.push({ path: file.path, content: toBytes(file.content), executable: file.executable ?? false });
  }
  const seen = new Set<string>();
  for (const { path } of files) {
    checkPath(path);
    if (seen.has(path)) {
      throw invalid({
        en: `The file ${JSON.stringify(path)} is given twice.`,
        zh: `文件 ${JSON.stringify(path)} 重复给出。`,
      });
    }
    seen.add(path);
  }
  for (const { path } of files) {
    const parent = parentAmong(seen, path);
    if (parent !== null) {
      throw invalid({
        en: `${JSON.stringify(parent)} is given as a file, and ${JSON.stringify(path)} needs it to be a directory.`,
        zh: `${JSON.stringify(parent)} 作为文件给出，但 ${JSON.stringify(path)} 需要它是目录。`,
      });
    }
  }
  return files;
}

function parentAmong(seen: ReadonlySet<string>, path: string): string | null {
  for (let end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
    const parent = path.slice(0, end);
    if (seen.has(parent)) return parent;
  }
  return null;
}

function planStdin(request: ExecutionRequest): PlanStdin {
  const { stdin } = request;
  if (stdin === undefined) return { kind: 'none' };
  if (typeof stdin === 'string' || stdin instanceof Uint8Array)
    return { kind: 'bytes', content: toBytes(stdin) };
  return { kind: 'stream' };
}

function checkFileCount(count: number, { inputCount }: ExecutionLimits): void {
  if (count <= inputCount) return;
  throw invalid({
    en: `${count} input files are more than the limit of ${inputCount}.`,
    zh: `输入文件有 ${count} 个，超过上限 ${inputCount} 个。`,
  });
}

function checkInputBytes(
  files: readonly PlanFile[],
  stdin: PlanStdin,
  { inputBytes }: ExecutionLimits,
): void {
  const stdinBytes = stdin.kind === 'bytes' ? stdin.content.length : 0;
  const total = files.reduce((sum, file) => sum + file.content.length, stdinBytes);
  if (total <= inputBytes) return;
  throw invalid({
    en: `The input has ${total} bytes, more than the limit of ${inputBytes}.`,
    zh: `输入共 ${total} 字节，超过上限 ${inputBytes} 字节。`,
  });
}

/** Compilers go by a file's extension; an interpreter takes any. `g++` makes C++ of a `.c` file, so other languages' do. */
function checkEntryName(definition: LanguageDefinition, entry: string): void {
  if (definition.compile === null) return;
  const fits =
    definition.compile === 'host-transform'
      ? isSourceOf(definition, entry)
      : languageFromFileName(entry) !== null;
  if (fits) return;
  const shown = JSON.stringify(entry);
  const extensions = definition.extensions.join(', ');
  throw new ClocheError({
    code: 'ERR_REQUEST_INVALID',
    message: {
      en: `The file name ${shown} has no extension of ${definition.displayName} (${extensions}).`,
      zh: `文件名 ${shown} 没有 ${definition.displayName} 的扩展名（${extensions}）。`,
    },
    hint: { en: 'Leave the file name out to use the usual one.', zh: '可省略文件名以使用默认名称。' },
  });
}

function checkNothingIsOverwritten(sources: readonly string[], paths: readonly string[]): void {
  const taken = new Set(paths);
  for (const source of sources) {
    const made = transformedPath(source);
    if (taken.has(made)) {
      throw invalid({
        en: `${JSON.stringify(source)} is made into ${JSON.stringify(made)}, which is given as well.`,
        zh: `${JSON.stringify(source)} 会被转换为 ${JSON.stringify(made)}，而后者也已给出。`,
      });
    }
    taken.add(made);
  }
}

function unknownLanguage(name: string): ClocheError {
  const known = LANGUAGE_IDS.join(', ');
  return new ClocheError({
    code: 'ERR_LANGUAGE_UNSUPPORTED',
    message: {
      en: `There is no language ${JSON.stringify(name)}.`,
      zh: `不支持语言 ${JSON.stringify(name)}。`,
    },
    hint: { en: `The languages are: ${known}.`, zh: `支持的语言：${known}。` },
  });
}

function toBytes(content: string | Uint8Array): Uint8Array {
  return typeof content === 'string' ? new TextEncoder().encode(content) : content;
}

function invalid(message: LocalizedText): ClocheError {
  return new ClocheError({ code: 'ERR_REQUEST_INVALID', message });
}
