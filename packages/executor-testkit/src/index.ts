export { runConformanceCase } from './case-context.ts';
export type { CaseContext, ConformanceSubject, Start, StartOptions } from './case-context.ts';
export { conformanceGroups } from './cases/conformance-groups.ts';
export type { ConformanceCase, ConformanceGroup } from './conformance-case.ts';
export { describeExecutor } from './describe-executor.ts';
export type { DescribeExecutorOptions } from './describe-executor.ts';
export { plantCanary } from './environment.ts';
export type { EnvironmentCanary } from './environment.ts';
export type { Observation } from './observation.ts';
