import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createExecutorHost } from '@cloche/core';
import type { ExecutionRequest, PlanFile } from '@cloche/core/executor';
import { createPlan, LANGUAGES, transformedPath, transformSources } from '@cloche/core/executor';
import { environment } from '../../src/environment.ts';
import { runBare } from '../local/run-bare.ts';
import { findHostProgram } from './host-program.ts';

/** A program on the host itself, as a person starts it who trusts it. */
export interface BareProgram {
  readonly run: () => Promise<void>;
  /** What runs it or has compiled it: `/usr/bin/python3.11, 3.11.2 like the image's`. */
  readonly madeBy: string;
}

/**
 * Puts it below the directory and compiles it with the flags of the language table. Null where the host lacks the
 * toolchain.
 *
 * @param typescript what a TypeScript program becomes: itself, for Node.js to strip, or JavaScript
 */
export async function prepareBare(
  request: ExecutionRequest,
  imageVersion: string | null,
  directory: string,
  typescript: 'as it is' | 'as JavaScript' = 'as JavaScript',
): Promise<BareProgram | null> {
  const { programs } = LANGUAGES[request.language];
  const found = programs.map((program) => ({
    name: program.name,
    found: findHostProgram(program, imageVersion),
  }));
  const main = found.at(-1)?.found;
  if (main === undefined || main === null || found.some((one) => one.found === null)) return null;
  const plan = createPlan(request);
  const base = mkdtempSync(path.join(directory, `${request.language}-`));
  const workDirectory = path.join(base, 'work');
  mkdirSync(path.join(base, 'build'));
  writeFiles(workDirectory, plan.files);
  const resolve = (name: string): string => {
    if (name.startsWith('../')) return path.join(workDirectory, name);
    const file = found.find((one) => one.name === name)?.found?.file;
    if (file === undefined) throw new Error(`The host has no ${name}.`);
    return file;
  };
  let { runArgv } = plan;
  if (plan.compile?.kind === 'command') {
    const [name = '', ...argv] = plan.compile.argv;
    const env = { ...environment, ...plan.environment };
    execFileSync(resolve(name), argv, { cwd: workDirectory, env, stdio: ['ignore', 'ignore', 'inherit'] });
  } else if (plan.compile !== null && typescript === 'as it is') {
    const transformed = transformedPath(plan.entry);
    runArgv = runArgv.map((word) => (word === transformed ? plan.entry : word));
  } else if (plan.compile !== null) {
    const transformed = await transformSources(plan, createExecutorHost({ environment }));
    if (!transformed.ok) throw new Error(transformed.message);
    writeFiles(workDirectory, transformed.files);
    ({ runArgv } = transformed);
  }
  const [name = '', ...argv] = runArgv;
  const file = resolve(name);
  const like =
    main.version === imageVersion ? "like the image's" : `the image has ${imageVersion ?? 'another'}`;
  return {
    run: () => runBare(file, argv, workDirectory),
    madeBy: `${main.file}, ${main.version ?? 'version unknown'}, ${like}`,
  };
}

function writeFiles(directory: string, files: readonly PlanFile[]): void {
  for (const { path: name, content } of files) {
    const file = path.join(directory, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}
