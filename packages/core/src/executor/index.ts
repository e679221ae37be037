export type { CapabilityQuery, ExecutorCapabilities, LanguageCapability } from './capabilities.ts';
export { ClocheError } from './errors/cloche-error.ts';
export type { ClocheErrorOptions, SerializedClocheError } from './errors/cloche-error.ts';
export { ERROR_CODES } from './errors/error-code.ts';
export type { ErrorCode } from './errors/error-code.ts';
export { SEE_MORE_HINT } from './errors/see-more-hint.ts';
export { EventStream } from './execution/event-stream.ts';
export type { EventStreamOptions } from './execution/event-stream.ts';
export { STAGES } from './execution/execution-event.ts';
export type {
  ArtifactEvent,
  ExecutionEvent,
  OutputEvent,
  ResultEvent,
  Stage,
  StageEvent,
} from './execution/execution-event.ts';
export type { Execution } from './execution/execution.ts';
export { feedStdin } from './execution/feed-stdin.ts';
export { RunningExecutions } from './execution/running-executions.ts';
export { startExecution } from './execution/start-execution.ts';
export type { ExecutionController } from './execution/start-execution.ts';
export type { ExecutorHost, LogFields, Logger, TypeScriptTransform } from './executor-host.ts';
export type { ExecutorPlugin } from './executor-plugin.ts';
export type { ExecuteOptions, Executor, ExecutorSession, ReapedItem, ReapReport } from './executor.ts';
export { JsonCache } from './json-cache.ts';
export { ISOLATION_LEVELS, isIsolationAtLeast } from './isolation.ts';
export type { Isolation } from './isolation.ts';
export { languageFromFileName, languageFromName, languageFromShebang } from './languages/detect-language.ts';
export type {
  CommandContext,
  LanguageDefinition,
  ToolchainProgram,
} from './languages/language-definition.ts';
export { LANGUAGE_IDS } from './languages/language-id.ts';
export type { LanguageId } from './languages/language-id.ts';
export { LANGUAGES } from './languages/language-table.ts';
export { DEFAULT_LIMITS, LIMIT_BOUNDS } from './limits/execution-limits.ts';
export type { ExecutionLimits, LimitName } from './limits/execution-limits.ts';
export { ENFORCED_LIMITS } from './limits/limit-support.ts';
export type {
  EnforcedLimit,
  EnforcementReport,
  LimitEnforcement,
  LimitSupport,
} from './limits/limit-support.ts';
export { LIMIT_ENFORCED_BY } from './limits/required-limits.ts';
export type { Locale, LocalizedText } from './localized-text.ts';
export { formatOwner, parseOwner } from './owner-identity.ts';
export type { OwnerIdentity } from './owner-identity.ts';
export { currentOwner, isOwnerAlive, ownerState } from './owner-process.ts';
export type { OwnerState } from './owner-process.ts';
export { checkPath, pathProblem } from './plan/check-path.ts';
export { createPlan } from './plan/create-plan.ts';
export type { ExecutionPlan, PlanCompile, PlanFile, PlanStdin } from './plan/execution-plan.ts';
export { NETWORK_POLICIES } from './plan/execution-request.ts';
export type { ExecutionRequest, NetworkPolicy, RequestFile } from './plan/execution-request.ts';
export { transformProgram } from './plan/transform-program.ts';
export type { TransformedProgram } from './plan/transform-program.ts';
export { transformSources } from './plan/transform-sources.ts';
export type { TransformedSources } from './plan/transform-sources.ts';
export { transformedPath } from './plan/transformed-path.ts';
export type { ProbeResult, Unavailability } from './probe.ts';
export { EMPTY_OUTPUT, outputText } from './result/captured-output.ts';
export type { CapturedOutput } from './result/captured-output.ts';
export { conclude } from './result/conclude.ts';
export type { Conclusion, PhaseResults } from './result/conclude.ts';
export { EXECUTION_STATUSES, PHASES } from './result/execution-result.ts';
export type {
  Artifact,
  ExecutionImage,
  ExecutionResult,
  ExecutionStatus,
  OmittedArtifact,
  PassedOverExecutor,
  Phase,
  PhaseResult,
  StopReason,
} from './result/execution-result.ts';
export { OutputCapture } from './result/output-capture.ts';
export { textWithoutFlags } from './text-without-flags.ts';
export type { StandardIssue, StandardResult, StandardSchema } from './standard-schema.ts';
