import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';

/** How long an opener may take to say that it cannot; those that work may well stay for as long as the browser. */
const PATIENCE_MS = 3_000;

/** What opens a file with the program that is meant for it. */
const OPENERS: Readonly<Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};

/** Whether there is a screen for a browser, as far as anybody can tell. */
export function hasScreen(
  platform: NodeJS.Platform,
  environment: Readonly<Record<string, string | undefined>>,
): boolean {
  if (platform === 'win32') return true;
  if (platform === 'darwin') return (environment['SSH_CONNECTION'] ?? '') === '';
  return ['DISPLAY', 'WAYLAND_DISPLAY'].some((name) => (environment[name] ?? '') !== '');
}

/**
 * Whether something has taken the file: not whether a browser could read it. Never rejects.
 *
 * @param signal ends the waiting for an answer; where it was aborted before, nothing is opened
 */
export async function openInBrowser(
  path: string,
  platform: NodeJS.Platform,
  signal: AbortSignal,
): Promise<boolean> {
  if (signal.aborted) return true;
  const [file, ...words] = OPENERS[platform] ?? ['xdg-open'];
  return new Promise((resolve) => {
    let child: ChildProcess | null = null;
    const timer = setTimeout(() => finish(true), PATIENCE_MS);
    const stop = (): void => finish(true);
    function finish(isTaken: boolean): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      child?.unref();
      resolve(isTaken);
    }
    signal.addEventListener('abort', stop, { once: true });
    try {
      child = spawn(file, [...words, path], { stdio: 'ignore', detached: true });
      child.once('error', () => finish(false));
      child.once('exit', (exitCode) => finish(exitCode === 0));
    } catch {
      // Some systems refuse at once, as for want of memory.
      finish(false);
    }
  });
}
