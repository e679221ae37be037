import { outputText } from '@cloche/core/executor';
import type { Artifact, CapturedOutput, ExecutionResult, PhaseResult } from '@cloche/core/executor';
import { isUtf8 } from './utf8-bytes.ts';

/**
 * A result as JSON: the contract's field names, English, bytes as text. Where bytes are no valid UTF-8,
 * `base64` beside the text has them as they are.
 *
 * @param withContent whether artifacts carry their content; false where it is written to files
 */
export function serializeResult(result: ExecutionResult, withContent: boolean): Record<string, unknown> {
  return {
    ...result,
    install: serializePhase(result.install),
    compile: serializePhase(result.compile),
    run: serializePhase(result.run),
    hint: result.hint?.en ?? null,
    artifacts: result.artifacts.map((artifact) => serializeArtifact(artifact, withContent)),
    executor: {
      ...result.executor,
      passedOver: result.executor.passedOver.map((passed) => ({ ...passed, reason: passed.reason.en })),
    },
    warnings: result.warnings.map((warning) => warning.en),
  };
}

/** `content` is base64. */
export function serializeArtifact(artifact: Artifact, withContent: boolean): Record<string, unknown> {
  const { path, executable, content } = artifact;
  const described = { path, executable, byteCount: content.length };
  return withContent ? { ...described, content: toBase64(content) } : described;
}

export function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}

function serializePhase(phase: PhaseResult | null): Record<string, unknown> | null {
  if (phase === null) return null;
  return { ...phase, stdout: serializeOutput(phase.stdout), stderr: serializeOutput(phase.stderr) };
}

function serializeOutput(output: CapturedOutput): Record<string, unknown> {
  const { head, tail, byteCount, truncated } = output;
  return {
    text: outputText(output),
    base64: isUtf8(output) ? null : { head: toBase64(head), tail: toBase64(tail) },
    byteCount,
    truncated,
  };
}
