import type { CallToolResult, InputRequiredResult, ServerContext, Tool } from '@modelcontextprotocol/server';
import type { AnswerOptions } from '../results/answer-options.ts';

export interface ToolCall {
  readonly arguments: unknown;
  readonly principal: string;
  readonly context: ServerContext;
  readonly answer: AnswerOptions;
  /** Whether the client lends its model. */
  readonly maySample: boolean;
}

/** One tool of this server, the same for every connection. */
export interface ServedTool {
  readonly name: string;
  /** As it is listed; made with the first list. */
  readonly definition: () => Tool;
  /** @throws ClocheError for everything that becomes an `isError` result */
  call(call: ToolCall): Promise<CallToolResult | InputRequiredResult>;
}
