import { once } from 'node:events';
import type { ModelServer } from '@cloche/model-test-server';
import { startModelServer } from '@cloche/model-test-server';
import { expect, test } from 'vitest';
import { fencedBlocks } from '../documentation/fenced-blocks.ts';
import { readPage } from '../documentation/page.ts';
import { endOf, startCli } from '../support/cli-process.ts';
import { temporaryDirectoryOfTest } from '../support/temporary-directory.ts';

interface ToolCall {
  readonly name: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

interface ToolAnswer {
  readonly content: readonly { readonly type: string; readonly text?: string }[];
  readonly structuredContent: Readonly<Record<string, unknown>>;
}

interface Documented {
  readonly call: ToolCall;
  readonly text: string;
  /** Null where the page does not show it. */
  readonly structured: unknown;
}

/** The calls of the page, each with the answer below it. */
function documentedCalls(): Documented[] {
  const blocks = fencedBlocks(readPage('docs/mcp.md').text);
  return blocks.flatMap(({ language, text }, index) => {
    const call = language === 'json' ? (JSON.parse(text) as Partial<ToolCall>) : {};
    const answer = blocks[index + 1];
    const further = blocks[index + 2];
    if (call.name === undefined || answer?.language !== 'text') return [];
    const isShown = further?.language === 'json' && further.followsBlock;
    const structured: unknown = isShown ? JSON.parse(further.text) : null;
    return [{ call: call as ToolCall, text: answer.text, structured }];
  });
}

/** Without what differs from one run, and one machine, to the next. */
function masked(text: string): string {
  return text
    .replaceAll(/\b[\da-f]{32}\b/gu, 'RUN')
    .replaceAll(/\b\d+ ms\b/gu, 'N ms')
    .replaceAll(/"duration_ms": ?\d+/gu, '"duration_ms": 0')
    .replaceAll(/executor \w+, isolation [\w-]+/gu, 'executor, isolation')
    .replaceAll(/"executor": "\w+",\s+"isolation": "[\w-]+"/gu, '"executor": "","isolation": ""')
    .trimEnd();
}

/** What a model says to the page's requirement: a program that looks for semicolons, and one that does not. */
const WRITTEN = [
  `\`\`\`python
import sys

total = 0
with open("sales.csv") as file:
    for line in file:
        columns = line.split(";")
        if len(columns) != 2:
            sys.exit(f"no two columns: {line.strip()}")
        total += int(columns[1])
print(total)
\`\`\`
It adds up what stands second in each line.`,
  `\`\`\`python
import csv

with open("sales.csv") as file:
    print(sum(int(row[1]) for row in csv.reader(file)))
\`\`\`
The columns are parted by commas, as the reader of the standard library expects them.`,
];

function scriptModel(model: ModelServer): Readonly<Record<string, string>> {
  model.script([
    { text: WRITTEN[0] ?? '', usage: { inputTokens: 512, outputTokens: 61 } },
    { text: WRITTEN[1] ?? '', usage: { inputTokens: 745, outputTokens: 72 } },
  ]);
  return {
    CLOCHE_GENERATOR_PROVIDER: 'compatible',
    CLOCHE_GENERATOR_BASE_URL: model.baseUrls.compatible,
    CLOCHE_GENERATOR_MODEL: 'test-model',
    CLOCHE_GENERATOR_API_KEY: 'sk-of-the-page',
  };
}

/** Makes one call after the other; a run of the page has the name of the one that was made here. */
async function makeCalls(calls: readonly ToolCall[], directory: string): Promise<ToolAnswer[]> {
  await using model = await startModelServer();
  const child = startCli(['mcp'], { directory, environment: scriptModel(model) });
  const ended = endOf(child);
  let said = '';
  let id = 0;
  const ask = async (method: string, params: unknown): Promise<unknown> => {
    id += 1;
    child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`);
    for (;;) {
      const messages = said
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line) as { id?: number; result?: unknown });
      const answer = messages.find((message) => message.id === id);
      if (answer !== undefined) return answer.result;
      const [chunk] = (await once(child.stdout, 'data')) as [Buffer];
      said += chunk.toString();
    }
  };
  const clientInfo = { name: 'test', version: '1.0.0' };
  await ask('initialize', { protocolVersion: '2025-06-18', capabilities: {}, clientInfo });
  const answers: ToolAnswer[] = [];
  let runId = '';
  let sessionId = '';
  for (const call of calls) {
    const written = JSON.stringify(call)
      .replace(/(?<="run_id":")[\da-f]{32}/u, runId)
      .replace(/(?<="session_id":")[\da-f]{32}/u, sessionId);
    const given = JSON.parse(written) as ToolCall;
    const answer = (await ask('tools/call', given)) as ToolAnswer;
    runId = String(answer.structuredContent['run_id']);
    sessionId = String(answer.structuredContent['session_id']);
    answers.push(answer);
  }
  child.stdin.end();
  await ended;
  return answers;
}

test('docs/mcp.md shows what the tools answer', async () => {
  const documented = documentedCalls();
  expect(documented.length).toBeGreaterThan(2);
  const answers = await makeCalls(
    documented.map(({ call }) => call),
    temporaryDirectoryOfTest(),
  );
  for (const [index, { text, structured }] of documented.entries()) {
    const answer = answers[index];
    const shown = answer?.content.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n');
    expect(masked(shown ?? '')).toBe(masked(text));
    const json = JSON.stringify(answer?.structuredContent, null, 2);
    expect(masked(structured === null ? '' : json)).toBe(
      masked(structured === null ? '' : JSON.stringify(structured, null, 2)),
    );
  }
});
