export type { ExecutorHealth, LanguageHealth } from './api/executor-health.ts';
export { artifactRoute, cancelRoute, eventsRoute, ROUTES, runRoute } from './api/http-routes.ts';
export type { Identity, Invitation, ProofSecret, SessionOpened } from './api/http-routes.ts';
export type {
  ArtifactInfo,
  AttemptInfo,
  OmittedArtifactInfo,
  PhaseInfo,
  ResultInfo,
  RunEvent,
} from './api/run-event.ts';
export type {
  ApiError,
  ExecuteRequest,
  GenerateRequest,
  RunCopies,
  RunFile,
  RunRecord,
  RunRequest,
  RunState,
  RunSummary,
} from './api/runs.ts';
export type { SecretSetting, Setting, Settings, SettingsPatch } from './api/settings.ts';
export type { PlaygroundLimits } from './server/playground-limits.ts';
export type {
  ModelDescription,
  PlaygroundGeneration,
  PlaygroundOptions,
} from './server/playground-options.ts';
export type { PlaygroundServing } from './server/playground-serving.ts';
export { servePlayground } from './server/serve-playground.ts';
