import { execFile } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { GO_LIBRARY_DIRECTORY, goLibrary } from './machine/go-library.ts';
import { startDaytonaServer } from './start-daytona-server.ts';

const BUILD_SECONDS = 600;

const run = promisify(execFile);

/**
 * Compiles Go's standard library, once for this computer, so that the first Go program of every sandbox does not wait
 * for it. Servers that are started afterwards have it. It is compiled in a sandbox, since it is found again only by a Go
 * in the same place.
 *
 * @param settings of Go, those that programs are compiled with: with others nothing of it is found again
 */
export async function prepareGoLibrary(settings: Readonly<Record<string, string>>): Promise<void> {
  if (goLibrary() !== null) return;
  const parent = path.dirname(GO_LIBRARY_DIRECTORY);
  await mkdir(parent, { recursive: true });
  const directory = await mkdtemp(path.join(parent, 'daytona-go-build-'));
  try {
    const archive = path.join(directory, 'archive.tar');
    await buildInSandbox(settings, archive);
    await run('tar', ['-xf', archive, '-C', directory]);
    await run('chmod', ['-R', 'a+rX', directory]);
    await rename(path.join(directory, 'go-build'), GO_LIBRARY_DIRECTORY).catch(
      (error: NodeJS.ErrnoException) => {
        // Somebody else was quicker.
        if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
      },
    );
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function buildInSandbox(settings: Readonly<Record<string, string>>, archive: string): Promise<void> {
  await using server = await startDaytonaServer();
  const headers = { Authorization: `Bearer ${server.apiKey}`, 'Content-Type': 'application/json' };
  const { id } = await server.createSandbox({});
  const sandbox = (await (await fetch(`${server.apiUrl}/sandbox/${id}`, { headers })).json()) as {
    readonly toolboxProxyUrl: string;
  };
  const toolbox = `${sandbox.toolboxProxyUrl.replace(/\/$/u, '')}/${id}`;
  const variables = Object.entries({ ...settings, GOCACHE: '/tmp/go-build' }).map(
    ([name, value]) => `${name}='${value}'`,
  );
  const command = `cd /tmp && env ${variables.join(' ')} go build std && tar -cf archive.tar go-build`;
  const built = await fetch(`${toolbox}/process/execute`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ command, timeout: BUILD_SECONDS }),
  });
  const { exitCode, result } = (await built.json()) as { readonly exitCode: number; readonly result: string };
  if (exitCode !== 0) throw new Error(`Go's standard library could not be compiled: ${result}`);
  const download = await fetch(`${toolbox}/files/download?path=/tmp/archive.tar`, { headers });
  if (download.body === null) throw new Error('The compiled library did not come back.');
  await pipeline(Readable.fromWeb(download.body), createWriteStream(archive));
}
