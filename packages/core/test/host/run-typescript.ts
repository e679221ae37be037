import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createPlan, transformSources } from '../../src/executor/index.ts';
import { createExecutorHost } from '../../src/host/create-executor-host.ts';
import { temporaryDirectory } from '../temporary-directory.ts';

export interface ProgramEnd {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Does what an executor does: lays the sources and their JavaScript into a fresh directory and runs it.
 *
 * @param files by path; the first is the program
 */
export async function runTypeScript(files: Readonly<Record<string, string>>): Promise<ProgramEnd> {
  const [[entry, code], ...others] = Object.entries(files) as [[string, string], ...[string, string][]];
  const plan = createPlan({
    language: 'typescript',
    fileName: entry,
    code,
    files: others.map(([path, content]) => ({ path, content })),
  });
  const transformed = await transformSources(plan, createExecutorHost({ environment: {} }));
  if (!transformed.ok) return { exitCode: null, stdout: '', stderr: transformed.message };

  const directory = await temporaryDirectory();
  for (const file of [...plan.files, ...transformed.files]) {
    await mkdir(dirname(join(directory, file.path)), { recursive: true });
    await writeFile(join(directory, file.path), file.content);
  }
  const programArguments = transformed.runArgv.slice(1);
  return new Promise((resolve) => {
    execFile(process.execPath, programArguments, { cwd: directory, env: {} }, (error, stdout, stderr) => {
      resolve({ exitCode: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}
