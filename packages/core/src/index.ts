export type {
  Config,
  ConfigEntry,
  ConfigSource,
  ConfigSourceKind,
  GeneratorConfig,
  LanguageConfig,
  LoadedConfig,
} from './config/config.ts';
export type { ConfigKey, ConfigKeyDefinition, ConfigParser, ConfigValue } from './config/config-key.ts';
export { CONFIG_KEYS } from './config/config-keys.ts';
export { configSecrets } from './config/config-secrets.ts';
export { configSourceOf } from './config/config-source-of.ts';
export { CREDENTIAL_PAIRS } from './config/credential-pairs.ts';
export type { CredentialPair } from './config/credential-pairs.ts';
export { DEFAULT_GENERATOR_CONFIG } from './config/default-generator-config.ts';
export { describeJsonSchema } from './config/describe-json-schema.ts';
export { importStreamlitSecrets } from './config/import-streamlit-secrets.ts';
export { loadConfig, userConfigFile } from './config/load-config.ts';
export type { LoadConfigInput } from './config/load-config.ts';
export { nearestName } from './config/nearest-name.ts';
export { parseConfigValue } from './config/parse-config-value.ts';
export { parseDuration } from './config/parse-duration.ts';
export { parseSize } from './config/parse-size.ts';
export { readToml } from './config/read-toml.ts';
export { saveConfigValues } from './config/save-config-values.ts';
export type { TomlValue } from './config/edit-config-text.ts';
export type { ImportedSecrets } from './config/take-over-secrets.ts';
export { GENERATOR_PROVIDERS } from './config/generator-providers.ts';
export type { GeneratorProvider } from './config/generator-providers.ts';
export type {
  AnswerEnding,
  CodeModel,
  ModelAnswer,
  ModelMessage,
  ModelPrompt,
  TokenUsage,
  WriteOptions,
} from './generator/code-model.ts';
export { GENERATION_STATUSES } from './generator/generator.ts';
export type {
  AttemptStatus,
  GenerateOptions,
  Generation,
  GenerationAttempt,
  GenerationEnding,
  GenerationEvent,
  GenerationRequest,
  GenerationResult,
  GenerationStatus,
  GenerationTests,
  Generator,
} from './generator/generator.ts';
export { baseDirectories } from './host/base-directories.ts';
export type { BaseDirectories, BaseDirectoryInput } from './host/base-directories.ts';
export { createExecutorHost } from './host/create-executor-host.ts';
export type { ExecutorHostOptions } from './host/create-executor-host.ts';
export { enableCompileCache } from './host/enable-compile-cache.ts';
export { createLogger, LOG_LEVELS, parseLogSetting } from './host/create-logger.ts';
export type { LoggerOptions, LogLevel } from './host/create-logger.ts';
export { makePrivateDirectory } from './host/private-directory.ts';
export { stackFrames } from './host/stack-frames.ts';
export { resolveLocale } from './locale/resolve-locale.ts';
export { imageType } from './media/image-type.ts';
export type { ImageType } from './media/image-type.ts';
export { mediaType } from './media/media-type.ts';
export type { MediaType } from './media/media-type.ts';
export type { PluginModule } from './plugins/import-plugin.ts';
export { pluginDirectory } from './plugins/plugin-directory.ts';
export type { PluginDirectory, PluginDirectoryOptions } from './plugins/plugin-directory.ts';
export type { PluginRecord } from './plugins/plugin-record.ts';
export type { ExecutorLoader, LoadedPlugin } from './registry/executor-loader.ts';
export { validateOptions } from './registry/validate-options.ts';
export { createRunner } from './runner/create-runner.ts';
export { forwardExecution } from './runner/forward-execution.ts';
export type { EventSink, ForwardOptions } from './runner/forward-execution.ts';
export { DEFAULT_RUNNER_CONFIG } from './runner/runner-config.ts';
export type { RunnerConfig } from './runner/runner-config.ts';
export type {
  ConfigOrigin,
  ExecutorReapReport,
  ExecutorReport,
  Runner,
  RunnerOptions,
  RunOptions,
} from './runner/runner.ts';
export type { RunnerSession, SessionOptions } from './runner/session/runner-session.ts';
export { Spool } from './spool/spool.ts';
export { SpoolDirectory } from './spool/spool-directory.ts';
export type { SpoolFile } from './spool/spool-directory.ts';
export { EXECUTION_TRACE_CHANNEL } from './trace/execution-trace.ts';
export type { ExecutionTrace } from './trace/execution-trace.ts';
