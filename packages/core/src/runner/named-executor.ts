import type { ExecutionResult, Executor, LanguageId } from '../executor/index.ts';
import { ClocheError, LANGUAGE_IDS, LANGUAGES } from '../executor/index.ts';
import { askCapabilities } from './ask-capabilities.ts';
import type { ExecutorRun } from './executor-run.ts';

/** Long enough to ask every toolchain; a refusal can wait that long, and no longer. */
const LANGUAGES_TIMEOUT_MS = 5000;

/** An executor that was named: it has the run or refuses it, and nothing else takes its place. */
export async function runOnNamedExecutor(executor: Executor, run: ExecutorRun): Promise<ExecutionResult> {
  try {
    return await run.on(executor, []);
  } catch (error) {
    if (!ClocheError.isInstance(error) || error.code !== 'ERR_LANGUAGE_UNSUPPORTED' || !run.mayMoveOn)
      throw error;
    throw withLanguages(error, await availableLanguages(executor, run.signal));
  }
}

async function availableLanguages(executor: Executor, signal: AbortSignal): Promise<LanguageId[]> {
  try {
    const { languages } = await askCapabilities(executor, { mayCost: false }, signal, LANGUAGES_TIMEOUT_MS);
    return LANGUAGE_IDS.filter((id) => languages[id]?.available === true);
  } catch (error) {
    // The refusal itself is what the caller must hear; the list is a help on top of it.
    if (signal.aborted || ClocheError.isInstance(error)) return [];
    throw error;
  }
}

function withLanguages(error: ClocheError, available: readonly LanguageId[]): ClocheError {
  if (available.length === 0) return error;
  const list = available.map((id) => LANGUAGES[id].displayName).join(', ');
  const { message, hint } = error.text;
  return new ClocheError({
    code: error.code,
    message: { en: `${message.en} It runs here: ${list}.`, zh: `${message.zh} 此处可运行：${list}。` },
    hint,
    retryable: error.retryable,
    cause: error.cause,
  });
}
