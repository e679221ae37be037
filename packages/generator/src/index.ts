export { listModels } from './models/list-models.ts';
export type { ListedModel } from './models/list/listed-model.ts';
export { openCodeModel } from './models/open-code-model.ts';
export { probeModel } from './models/probe-model.ts';
export type { ModelProbe } from './models/probe-model.ts';
export { noModelConfigured } from './models/resolve/resolve-errors.ts';
export { resolveModel } from './models/resolve/resolve-model.ts';
export type { ResolvedModel } from './models/resolved-model.ts';
export type { CallLimits } from './models/stream/call-limits.ts';
