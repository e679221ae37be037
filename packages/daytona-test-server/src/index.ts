export type { DaytonaServer, DaytonaServerOptions, ServedSandbox } from './daytona-server.ts';
export type { Fault, FaultAnswer, InjectedFault } from './faults/fault.ts';
export { findDaytonaServerSupport } from './find-daytona-server-support.ts';
export type { DaytonaServerSupport } from './find-daytona-server-support.ts';
export { prepareGoLibrary } from './prepare-go-library.ts';
export type { RecordedRequest } from './http/request-log.ts';
export type { ControlOperation, Operation, ToolboxOperation } from './operation.ts';
export type { DeletionBehaviour, NextSandboxStart } from './sandboxes/sandbox-behaviour.ts';
export { startDaytonaServer } from './start-daytona-server.ts';
