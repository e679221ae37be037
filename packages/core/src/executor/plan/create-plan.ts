import { randomBytes } from 'node:crypto';
import { ClocheError } from '../errors/cloche-error.ts';
import type { LanguageDefinition } from '../languages/language-definition.ts';
import { LANGUAGES } from '../languages/language-table.ts';
import type { ExecutionLimits, LimitName } from '../limits/execution-limits.ts';
import { DEFAULT_LIMITS } from '../limits/execution-limits.ts';
import type { LocalizedText } from '../localized-text.ts';
import { checkLimits } from './check-limits.ts';
import { checkPath } from './check-path.ts';
import type { ExecutionPlan, PlanCompile, PlanFile, PlanStdin } from './execution-plan.ts';
import type { ExecutionRequest } from './execution-request.ts';
import { transformedPath } from './transformed-path.ts';

const ENVIRONMENT_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/u;
const UTF8_BYTE_ORDER_MARK = '\uFEFF';

/**
 * Checks a request and fills in everything that an executor needs, so that executors have no defaults.
 *
 * @param defaults limits where the request gives none; they are best-effort, the request's are required
 * @throws ClocheError `ERR_REQUEST_INVALID` with the field at fault
 */
export function createPlan(request: ExecutionRequest, defaults: ExecutionLimits = DEFAULT_LIMITS): ExecutionPlan {
  const definition = LANGUAGES[request.language];
  const given = definedLimits(request.limits ?? {});
  checkLimits(given);
  const limits: ExecutionLimits = { ...defaults, ...given };

  const entryContent = toBytes(request.code);
  const entryText = new TextDecoder().decode(entryContent).replace(UTF8_BYTE_ORDER_MARK, '');
  if (entryText.trim() === '') throw invalid({ en: 'The program is empty.', zh: '程序为空。' });

  const entry = request.fileName ?? definition.entryFileName(entryText);
  const files = planFiles(entry, entryContent, request);
  const stdin = planStdin(request);
  checkInput(files, stdin, limits);
  checkWords(request);

  const paths = files.map((file) => file.path);
  const sources = [entry, ...paths.filter((path) => path !== entry && isSourceOf(definition, path))];
  const transforms = definition.compile === 'host-transform';
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
    collectArtifacts: request.collectArtifacts ?? true,
  };
}

function planCompile(definition: LanguageDefinition, context: Parameters<LanguageDefinition['run']>[0]): PlanCompile | null {
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
      throw invalid({ en: `The file ${JSON.stringify(path)} is given twice.`, zh: `文件 ${JSON.stringify(path)} 重复给出。` });
    }
    seen.add(path);
  }
  for (const { path } of files) {
    const parent = parentsOf(path).find((candidate) => seen.has(candidate));
    if (parent !== undefined) {
      throw invalid({
        en: `${JSON.stringify(parent)} is given as a file, and ${JSON.stringify(path)} needs it to be a directory.`,
        zh: `${JSON.stringify(parent)} 作为文件给出，但 ${JSON.stringify(path)} 需要它是目录。`,
      });
    }
  }
  return files;
}

function parentsOf(path: string): string[] {
  const names = path.split('/').slice(0, -1);
  return names.map((_, index) => names.slice(0, index + 1).join('/'));
}

function planStdin(request: ExecutionRequest): PlanStdin {
  const { stdin } = request;
  if (stdin === undefined) return { kind: 'none' };
  if (typeof stdin === 'string' || stdin instanceof Uint8Array) return { kind: 'bytes', content: toBytes(stdin) };
  return { kind: 'stream' };
}

function checkInput(files: readonly PlanFile[], stdin: PlanStdin, limits: ExecutionLimits): void {
  if (files.length > limits.inputCount) {
    throw invalid({
      en: `${files.length} input files are more than the limit of ${limits.inputCount}.`,
      zh: `输入文件有 ${files.length} 个，超过上限 ${limits.inputCount} 个。`,
    });
  }
  const stdinBytes = stdin.kind === 'bytes' ? stdin.content.length : 0;
  const total = files.reduce((sum, file) => sum + file.content.length, stdinBytes);
  if (total > limits.inputBytes) {
    throw invalid({
      en: `The input has ${total} bytes, more than the limit of ${limits.inputBytes}.`,
      zh: `输入共 ${total} 字节，超过上限 ${limits.inputBytes} 字节。`,
    });
  }
}

function checkWords(request: ExecutionRequest): void {
  for (const word of [...(request.arguments ?? []), ...(request.compileArguments ?? [])]) {
    if (word.includes('\0')) throw invalid({ en: 'An argument contains a NUL byte.', zh: '参数包含 NUL 字节。' });
  }
  for (const [name, value] of Object.entries(request.environment ?? {})) {
    if (!ENVIRONMENT_NAME.test(name)) {
      const shown = JSON.stringify(name);
      throw invalid({ en: `${shown} is not a name of an environment variable.`, zh: `${shown} 不是有效的环境变量名。` });
    }
    if (value.includes('\0')) {
      throw invalid({ en: `The environment variable ${name} contains a NUL byte.`, zh: `环境变量 ${name} 包含 NUL 字节。` });
    }
  }
}

function checkNothingIsOverwritten(sources: readonly string[], paths: readonly string[]): void {
  const taken = sources.find((source) => paths.includes(transformedPath(source)));
  if (taken === undefined) return;
  const made = transformedPath(taken);
  throw invalid({
    en: `${JSON.stringify(taken)} is made into ${JSON.stringify(made)}, which is given as well.`,
    zh: `${JSON.stringify(taken)} 会被转换为 ${JSON.stringify(made)}，而后者也已给出。`,
  });
}

function toBytes(content: string | Uint8Array): Uint8Array {
  return typeof content === 'string' ? new TextEncoder().encode(content) : content;
}

function invalid(message: LocalizedText): ClocheError {
  return new ClocheError({ code: 'ERR_REQUEST_INVALID', message });
}
