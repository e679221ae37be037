import type { GeneratorConfig } from '@cloche/core';
import { ClocheError } from '@cloche/core/executor';
import type { ModelProbe, ResolvedModel } from '@cloche/generator';

/** Which model writes programs here, and whether its service answers. */
export type GeneratorReport =
  | { readonly resolved: ResolvedModel; readonly probe: ModelProbe; readonly error: null }
  /** There is none: nothing is configured, or what is contradicts itself. */
  | { readonly resolved: null; readonly probe: null; readonly error: ClocheError };

/** Asks the service for no more than its list, which costs no tokens. */
export async function inspectGenerator(
  config: GeneratorConfig,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<GeneratorReport> {
  const { noModelConfigured, probeModel, resolveModel } = await import('@cloche/generator');
  try {
    const resolved = resolveModel(config, environment);
    if (resolved === null) return { resolved, probe: null, error: noModelConfigured() };
    const probe = await probeModel(resolved, { signal: new AbortController().signal });
    return { resolved, probe, error: null };
  } catch (error) {
    if (!ClocheError.isInstance(error)) throw error;
    return { resolved: null, probe: null, error };
  }
}
