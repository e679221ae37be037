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
 * Whether something has taken the file. Never rejects.
 *
 * @param signal ends the waiting for an answer
 */
export async function openInBrowser(
  path: string,
  platform: NodeJS.Platform,
  signal: AbortSignal,
): Promise<boolean> {
  const [file, ...words] = OPENERS[platform] ?? ['xdg-open'];
  const child = spawn(file, [...words, path], { stdio: 'ignore', detached: true });
  return new Promise((resolve) => {
    const timer = setTimeout(() => finish(true), PATIENCE_MS);
    function finish(isTaken: boolean): void {
      clearTimeout(timer);
      child.unref();
      resolve(isTaken);
    }
    signal.addEventListener('abort', () => finish(true), { once: true });
    child.once('error', () => finish(false));
    child.once('exit', (exitCode) => finish(exitCode === 0));
  });
}
