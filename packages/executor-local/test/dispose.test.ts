import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createExecutorHost } from '@cloche/core';
import { expect, onTestFinished, test } from 'vitest';
import plugin from '../src/index.ts';
import { testEnvironment } from './environment.ts';
import { skipWithoutShellScripts } from './skip-without-shell-scripts.ts';

test('the end waits for what was asked before it, which starts programs and writes what they say', async (context) => {
  skipWithoutShellScripts(context);
  const directory = await mkdtemp(path.join(os.tmpdir(), 'cloche-local-test-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const slow = path.join(directory, 'bin/python3');
  await mkdir(path.dirname(slow));
  await writeFile(
    slow,
    '#!/bin/sh\ncase $1 in --version) sleep 0.5; echo Python 3.99.0;; -I) echo "$0";; esac\n',
  );
  await chmod(slow, 0o755);
  const environment = testEnvironment();
  const host = createExecutorHost({
    environment: {
      ...environment,
      PATH: `${path.dirname(slow)}${path.delimiter}${environment['PATH'] ?? ''}`,
      CLOCHE_HOME: path.join(directory, 'cloche'),
    },
  });
  const executor = plugin.create({ sandbox: 'auto' }, host);
  let isAnswered = false;
  const answer = executor.capabilities({ languages: ['python'] }).then(({ languages }) => {
    isAnswered = true;
    return languages.python;
  });
  await executor[Symbol.asyncDispose]();
  expect(isAnswered).toBe(true);
  expect(await answer).toMatchObject({ available: true, version: '3.99.0' });
});
