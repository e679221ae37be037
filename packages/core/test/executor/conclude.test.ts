import { describe, expect, test } from 'vitest';
import type { EnforcedLimit, ExecutionStatus, PhaseResult } from '../../src/executor/index.ts';
import { conclude, EMPTY_OUTPUT, OutputCapture } from '../../src/executor/index.ts';

function phase(change: Partial<PhaseResult> & { readonly stderrText?: string } = {}): PhaseResult {
  const { stderrText = '', ...rest } = change;
  const stderr = new OutputCapture(1 << 20);
  stderr.append(new TextEncoder().encode(stderrText));
  return {
    exitCode: 0,
    signal: null,
    stdout: EMPTY_OUTPUT,
    stderr: stderr.finish(),
    durationMs: 1,
    stoppedBy: null,
    ...rest,
  };
}

const NOTHING = { install: null, compile: null, run: null };
const CONTEXT = { brokenLimit: null, network: 'none' } as const;

describe('conclude', () => {
  test.each<{
    title: string;
    run: Partial<PhaseResult>;
    brokenLimit?: EnforcedLimit;
    status: ExecutionStatus;
    limit?: EnforcedLimit;
    stopped?: boolean;
  }>([
    { title: 'exit 0', run: {}, status: 'ok' },
    { title: 'exit 3', run: { exitCode: 3 }, status: 'runtime_error' },
    { title: 'a signal', run: { exitCode: null, signal: 'SIGSEGV' }, status: 'runtime_error' },
    { title: 'an end that nobody saw', run: { exitCode: null }, status: 'runtime_error' },
    {
      title: 'the time was over',
      run: { exitCode: null, signal: 'SIGKILL', stoppedBy: 'timeout' },
      status: 'timeout',
      stopped: true,
    },
    {
      title: 'the time was over, and the program exited 0',
      run: { stoppedBy: 'timeout' },
      status: 'timeout',
      stopped: true,
    },
    {
      title: 'out of memory',
      run: { exitCode: 137, stoppedBy: 'out_of_memory' },
      status: 'out_of_memory',
      limit: 'memory',
      stopped: true,
    },
    {
      title: 'a limit',
      run: { exitCode: 1, stoppedBy: 'limit' },
      brokenLimit: 'processes',
      status: 'limit',
      limit: 'processes',
      stopped: true,
    },
    {
      title: 'an abort',
      run: { exitCode: null, stoppedBy: 'cancelled' },
      status: 'cancelled',
      stopped: true,
    },
  ])('$title', ({ run, brokenLimit = null, status, limit = null, stopped = false }) => {
    const conclusion = conclude({ ...NOTHING, run: phase(run) }, { ...CONTEXT, brokenLimit });
    expect(conclusion).toMatchObject({ status, limit, stoppedIn: stopped ? 'run' : null });
  });

  test('the first phase that failed decides', () => {
    const failed = phase({ exitCode: 1 });
    expect(conclude({ install: failed, compile: null, run: null }, CONTEXT).status).toBe('install_error');
    expect(conclude({ install: phase(), compile: failed, run: null }, CONTEXT).status).toBe('compile_error');
    expect(conclude({ install: null, compile: phase(), run: failed }, CONTEXT).status).toBe('runtime_error');
    const stopped = phase({ exitCode: null, stoppedBy: 'timeout' });
    expect(conclude({ install: null, compile: stopped, run: null }, CONTEXT)).toMatchObject({
      status: 'timeout',
      stoppedIn: 'compile',
    });
  });

  test('an abort between phases, or before the first, is cancelled in none', () => {
    const cancelled = { ...CONTEXT, cancelled: true };
    expect(conclude(NOTHING, cancelled)).toEqual({
      status: 'cancelled',
      stoppedIn: null,
      limit: null,
      hint: null,
    });
    expect(conclude({ ...NOTHING, compile: phase() }, cancelled).status).toBe('cancelled');
  });
});

describe('hints for known endings', () => {
  test.each<[string, Partial<PhaseResult> & { stderrText?: string }, string]>([
    ['a timeout', { stoppedBy: 'timeout', exitCode: null }, '--timeout'],
    ['out of memory', { stoppedBy: 'out_of_memory', exitCode: null }, '--memory'],
    [
      'a heap of its own that is full',
      { exitCode: 1, stderrText: 'java.lang.OutOfMemoryError: Java heap space' },
      '--memory',
    ],
    [
      'no network',
      { exitCode: 1, stderrText: 'socket.gaierror: Temporary failure in name resolution' },
      '--network full',
    ],
    ['no input', { exitCode: 1, stderrText: 'EOFError: EOF when reading a line' }, '--stdin'],
    [
      'a missing package',
      { exitCode: 1, stderrText: "ModuleNotFoundError: No module named 'numpy'" },
      'standard library',
    ],
    ['a full disk', { exitCode: 1, stderrText: 'write: No space left on device' }, '--scratch'],
    ['a bad pointer', { exitCode: null, signal: 'SIGSEGV' }, 'memory that is not its own'],
  ])('%s', (_, run, words) => {
    const hint = conclude({ ...NOTHING, run: phase(run) }, CONTEXT).hint;
    expect(hint?.en).toContain(words);
    expect(hint?.zh).toMatch(/[\u4E00-\u9FFF]/u);
  });

  test('a program that ended well, failed in its own way, or was stopped by its caller gets none', () => {
    for (const run of [
      phase({ stderrText: 'EOFError' }),
      phase({ exitCode: 1, stderrText: 'no such animal' }),
      phase({ exitCode: null, stoppedBy: 'cancelled', stderrText: 'EOFError: EOF when reading a line' }),
    ]) {
      expect(conclude({ ...NOTHING, run }, CONTEXT).hint).toBeNull();
    }
  });

  test('no network is no explanation where there was one', () => {
    const run = phase({ exitCode: 1, stderrText: 'getaddrinfo ENOTFOUND' });
    expect(conclude({ ...NOTHING, run }, { ...CONTEXT, network: 'full' }).hint).toBeNull();
  });

  test('an output of a gibibyte, which no string holds, is judged by its edges', () => {
    const head = new Uint8Array(1024 ** 3);
    head.set(new TextEncoder().encode('\nEOFError: EOF when reading a line\n'), head.length - 40);
    const stderr = { head, tail: new Uint8Array(0), byteCount: head.length, truncated: false };
    const { hint } = conclude({ ...NOTHING, run: { ...phase({ exitCode: 1 }), stderr } }, CONTEXT);
    expect(hint?.en).toContain('--stdin');
  });
});
