import type { ExecutorHost } from '../executor-host.ts';
import { LANGUAGES } from '../languages/language-table.ts';
import type { ExecutionPlan, PlanFile } from './execution-plan.ts';
import { transformedPath } from './transformed-path.ts';

export type TransformedSources =
  | { readonly ok: true; readonly files: readonly PlanFile[]; readonly runArgv: readonly string[] }
  /** The message of a compiler, for `compile.stderr`. */
  | { readonly ok: false; readonly message: string };

/**
 * Does the compile phase of a plan whose `compile.kind` is `host-transform`: the JavaScript of every
 * TypeScript file, to be laid beside the sources, and the run command that starts it.
 */
export async function transformSources(plan: ExecutionPlan, host: ExecutorHost): Promise<TransformedSources> {
  const files: PlanFile[] = [];
  let needsSourceMap = false;
  for (const file of plan.files) {
    if (!isTypeScript(file.path)) continue;
    const transformed = await host.transformTypeScript({
      path: file.path,
      text: new TextDecoder().decode(file.content),
    });
    if (!transformed.ok) return transformed;
    needsSourceMap ||= transformed.needsSourceMap;
    files.push({
      ...file,
      path: transformedPath(file.path),
      content: new TextEncoder().encode(transformed.code),
    });
  }
  const [program = '', ...rest] = plan.runArgv;
  return {
    ok: true,
    files,
    runArgv: needsSourceMap ? [program, '--enable-source-maps', ...rest] : plan.runArgv,
  };
}

function isTypeScript(path: string): boolean {
  return LANGUAGES.typescript.extensions.some((extension) => path.toLowerCase().endsWith(extension));
}
