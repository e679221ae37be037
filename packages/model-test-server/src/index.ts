export type { FailureKind } from './faults/failure-kind.ts';
export type { FormatName } from './formats/wire-format.ts';
export type {
  ConnectionFault,
  FailureReply,
  FixedReply,
  ModelReply,
  NoReply,
  RawReply,
  ReplyEnding,
  StreamFault,
  WrittenReply,
} from './model-reply.ts';
export type { BaseUrls, ModelServer, ModelServerOptions } from './model-server.ts';
export type { RecordedPrompt, RecordedRequest } from './recorded-request.ts';
export { startModelServer } from './start-model-server.ts';
