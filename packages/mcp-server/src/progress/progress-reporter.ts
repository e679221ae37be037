import type { ServerContext } from '@modelcontextprotocol/server';
import type { RunNews } from '../runs/run-news.ts';
import type { Run } from '../runs/run.ts';
import { LastLine } from './last-line.ts';
import { describeStage } from './describe-stage.ts';

/** Four a second at most. */
const INTERVAL_MS = 250;

/**
 * Tells a client what its run does, where the client gave a token: the last line of output, or the stage.
 *
 * @returns ends it
 */
export function reportProgress(run: Run, context: ServerContext): () => void {
  const { _meta: meta } = context.mcpReq;
  const progressToken = meta?.progressToken;
  if (progressToken === undefined) return () => undefined;
  const startedAtMs = performance.now();
  const lines = { stdout: new LastLine(), stderr: new LastLine() };
  let news = run.note ?? (run.stage === null ? '' : describeStage(run.stage));
  let told = '';
  let toldAtMs = -Infinity;
  let toldProgress = 0;
  let timer: NodeJS.Timeout | null = null;
  let isSending = false;
  let hasEnded = false;

  const send = async (message: string): Promise<void> => {
    const nowMs = performance.now();
    // Seconds; strictly increasing even where the clock is coarse.
    toldProgress = Math.max(toldProgress + 0.001, Math.round(nowMs - startedAtMs) / 1000);
    toldAtMs = nowMs;
    isSending = true;
    try {
      await context.mcpReq.notify({
        method: 'notifications/progress',
        params: { progressToken, progress: toldProgress, message },
      });
    } catch {
      // The connection is closed: the call is cancelled by that, and not by this.
      hasEnded = true;
    } finally {
      isSending = false;
    }
    schedule();
  };
  const tell = (): void => {
    timer = null;
    told = news;
    void send(told);
  };
  const schedule = (): void => {
    // One at a time: a client that does not read gets fewer of them.
    if (hasEnded || isSending || timer !== null || news === told) return;
    timer = setTimeout(tell, Math.max(0, toldAtMs + INTERVAL_MS - performance.now()));
  };
  const stop = run.listen((latest) => {
    const text = describe(latest, lines);
    // What says nothing must not hide what was said before it.
    if (text === '') return;
    news = text;
    schedule();
  });
  schedule();
  return () => {
    hasEnded = true;
    stop();
    if (timer !== null) clearTimeout(timer);
  };
}

function describe(news: RunNews, lines: Readonly<Record<'stdout' | 'stderr', LastLine>>): string {
  if (news.type === 'note') return news.text;
  if (news.type === 'stage') return describeStage(news);
  lines[news.type].append(news.data);
  return lines[news.type].text;
}
