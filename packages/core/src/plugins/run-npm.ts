import type { ExecFileException } from 'node:child_process';
import { dirname, join } from 'node:path';
import { ClocheError } from '../executor/errors/cloche-error.ts';
import type { ErrorCode } from '../executor/errors/error-code.ts';

const TIMEOUT_MS = 600_000;
const MAXIMUM_OUTPUT_BYTES = 64 * 1024 * 1024;

interface NpmCall {
  readonly arguments: readonly string[];
  /** Also where npm looks for a `.npmrc`; never the working directory, whose own is not trusted. */
  readonly directory: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  /** What is being added, for messages. */
  readonly word: string;
}

/** Codes of npm and of the network below it; everything else is `ERR_EXECUTOR_FAILED`. */
const CODES: Readonly<Record<string, ErrorCode>> = {
  E404: 'ERR_EXECUTOR_NOT_FOUND',
  ETARGET: 'ERR_EXECUTOR_NOT_FOUND',
  ENOTFOUND: 'ERR_EXECUTOR_UNAVAILABLE',
  EAI_AGAIN: 'ERR_EXECUTOR_UNAVAILABLE',
  ECONNREFUSED: 'ERR_EXECUTOR_UNAVAILABLE',
  ECONNRESET: 'ERR_EXECUTOR_UNAVAILABLE',
  ETIMEDOUT: 'ERR_EXECUTOR_UNAVAILABLE',
};

/** @throws ClocheError with what npm said, `retryable` when the registry could not be reached */
export async function runNpm(call: NpmCall): Promise<void> {
  // Loaded on use: most processes add no executor.
  const { execFile } = await import('node:child_process');
  const [program, ...before] = npmCommand(call.platform);
  await new Promise<void>((resolve, reject) => {
    execFile(
      program,
      [...before, ...call.arguments],
      {
        cwd: call.directory,
        env: { ...call.environment },
        timeout: TIMEOUT_MS,
        maxBuffer: MAXIMUM_OUTPUT_BYTES,
      },
      (error, stdout) => {
        if (error === null) resolve();
        else reject(npmError(call, error, stdout));
      },
    );
  });
}

/** On Windows `npm` is a script for the shell, so Node.js runs the file behind it. */
function npmCommand(platform: NodeJS.Platform): [string, ...string[]] {
  if (platform !== 'win32') return ['npm'];
  return [process.execPath, join(dirname(process.execPath), 'node_modules', 'npm', 'bin', 'npm-cli.js')];
}

function npmError(call: NpmCall, error: ExecFileException, stdout: string): ClocheError {
  if (error.code === 'ENOENT') {
    return new ClocheError({
      code: 'ERR_EXECUTOR_FAILED',
      message: { en: 'npm, which adds executors, is not installed.', zh: '未安装用于添加执行器的 npm。' },
      hint: {
        en: 'It comes with Node.js: https://nodejs.org',
        zh: 'npm 随 Node.js 提供：https://nodejs.org',
      },
      cause: error,
    });
  }
  const { code, summary } = npmReport(stdout);
  const detail =
    error.killed === true
      ? `no answer within ${TIMEOUT_MS / 1000} s`
      : withoutCredentials(summary ?? code ?? 'no reason');
  const ours = CODES[code ?? ''] ?? 'ERR_EXECUTOR_FAILED';
  return new ClocheError({
    code: ours,
    message: {
      en: `npm could not install ${call.word}: ${detail.replace(/\.$/u, '')}.`,
      zh: `npm 无法安装 ${call.word}：${detail.replace(/\.$/u, '')}。`,
    },
    hint:
      ours === 'ERR_EXECUTOR_UNAVAILABLE'
        ? {
            en: 'Check that the registry can be reached: npm ping',
            zh: '请检查是否能访问 registry：npm ping',
          }
        : {
            en: 'Check the name. See what is there: cloche executors list',
            zh: '请检查名称。查看现有执行器：cloche executors list',
          },
    retryable: ours === 'ERR_EXECUTOR_UNAVAILABLE',
    cause: error,
  });
}

function npmReport(stdout: string): { readonly code: string | null; readonly summary: string | null } {
  try {
    const report = JSON.parse(stdout.slice(stdout.indexOf('{'))) as {
      error?: { code?: unknown; summary?: unknown };
    };
    const { code, summary } = report.error ?? {};
    return {
      code: typeof code === 'string' ? code : null,
      summary: typeof summary === 'string' ? (summary.split('\n')[0] ?? null) : null,
    };
  } catch {
    // It ended before it could say anything.
    return { code: null, summary: null };
  }
}

/** A registry's address may carry a password. */
function withoutCredentials(text: string): string {
  return text.replaceAll(/:\/\/[^/@\s]*@/gu, '://');
}
