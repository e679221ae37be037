import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { PackedServer } from './packed-server.ts';

const INSPECTOR = fileURLToPath(
  new URL(
    '../../../node_modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js',
    import.meta.url,
  ),
);
const TIMEOUT_MS = 30_000;

export interface InspectorResult {
  readonly exitCode: number;
  /** Its one JSON object; null where it printed none. */
  readonly result: Readonly<Record<string, unknown>> | null;
  readonly stderr: string;
}

/** The protocol's own inspector as a client in a shell, with a home of its own. */
export function runInspector(server: PackedServer, words: readonly string[]): Promise<InspectorResult> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [INSPECTOR, '--cli', ...words, '--format', 'json'],
      { cwd: server.directory, env: server.environment, timeout: TIMEOUT_MS },
      (error, stdout, stderr) => {
        const exitCode = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
        resolve({ exitCode, result: resultIn(stdout), stderr });
      },
    );
  });
}

function resultIn(stdout: string): InspectorResult['result'] {
  if (stdout === '') return null;
  const { result } = JSON.parse(stdout) as { readonly result?: Readonly<Record<string, unknown>> };
  return result ?? null;
}
