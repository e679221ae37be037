import { ClocheError } from '@cloche/core/executor';
import { describe, expect, test } from 'vitest';
import {
  EngineResponseError,
  EngineStreamError,
  EngineTimeoutError,
  NotAnEngineError,
  SshFailedError,
} from '../../src/engine/engine-failure.ts';
import type { EngineErrorContext } from '../../src/engine/map-engine-error.ts';
import { mapEngineError } from '../../src/engine/map-engine-error.ts';
import { isMissingImage } from '../../src/engine/missing-image.ts';

const CONTEXT: EngineErrorContext = {
  address: 'unix:///engine.sock',
  action: { en: 'do it', zh: '完成操作' },
  kind: 'other',
  image: null,
  runtime: null,
};

function systemError(code: string): Error {
  return Object.assign(new Error(`connect ${code} /engine.sock`), { code });
}

describe('an engine that is gone', () => {
  test.each([
    ['refuses', systemError('ECONNREFUSED'), true],
    ['has no socket', systemError('ENOENT'), true],
    ['resets', systemError('ECONNRESET'), true],
    ['hangs up', Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }), true],
    ['breaks the pipe', systemError('EPIPE'), true],
    ['is silent', new EngineTimeoutError(5000), true],
    ['has no name', systemError('ENOTFOUND'), true],
    ['refuses at every address', new AggregateError([systemError('ECONNREFUSED')], ''), true],
    ['may not be used', systemError('EACCES'), false],
    ['has an unknown certificate', systemError('DEPTH_ZERO_SELF_SIGNED_CERT'), false],
    ['is behind an ssh that fails', new SshFailedError('no route'), true],
    ['is none', new NotAnEngineError('it is a web page'), true],
    ['speaks no HTTP', systemError('HPE_INVALID_CONSTANT'), true],
  ])('since it %s', (_name, cause, retryable) => {
    // The kind of several failures together is that of the first.
    const error = mapEngineError(
      Object.assign(cause, 'errors' in cause ? { code: 'ECONNREFUSED' } : {}),
      CONTEXT,
    );
    expect(error).toMatchObject({ code: 'ERR_EXECUTOR_UNAVAILABLE', retryable, cause });
    expect(error.message).toContain('unix:///engine.sock could not do it, since it');
    expect(error.text.message.zh).toContain('unix:///engine.sock 的容器引擎未能完成操作');
    expect(error.hint).toContain('cloche doctor');
  });
});

describe('an image that cannot be had', () => {
  test.each([
    [
      'manifest unknown',
      new EngineResponseError(404, 'manifest for a/b:1 not found: manifest unknown'),
      false,
    ],
    [
      'denied',
      new EngineResponseError(
        404,
        'pull access denied for a/b, repository does not exist or may require login',
      ),
      false,
    ],
    ['unauthorized', new EngineResponseError(500, 'unauthorized: authentication required'), false],
    ['no DNS', new EngineResponseError(500, 'dial tcp: lookup registry-1.docker.io: no such host'), true],
    ['in the stream', new EngineStreamError('net/http: TLS handshake timeout'), true],
    [
      'for another machine',
      new EngineStreamError('no matching manifest for linux/arm64 in the manifest list'),
      false,
    ],
  ])('%s', (_name, cause, retryable) => {
    const error = mapEngineError(cause, { ...CONTEXT, kind: 'pull', image: 'a/b:1' });
    expect(error).toMatchObject({ code: 'ERR_EXECUTOR_UNAVAILABLE', retryable });
    expect(error.message).toContain('a/b:1 could not be pulled');
    expect(error.hint).toMatch(/go online.*cloche images pull.*docker\.image or CLOCHE_DOCKER_IMAGE/u);
    expect(error.text.hint?.zh).toContain('cloche images pull');
    expect(isMissingImage(error)).toBe(false);
  });

  test.each([
    new EngineResponseError(404, 'No such image: a/b:1'),
    new EngineResponseError(404, 'no such image: docker.io/a/b:1: image not known'),
  ])('not there on creation: $message', (cause) => {
    const error = mapEngineError(cause, { ...CONTEXT, kind: 'create', image: 'a/b:1' });
    expect(isMissingImage(error)).toBe(true);
    expect(error.message).toContain('a/b:1');
    expect(error.hint).toContain('cloche images build');
  });

  test('is told across two copies of the package', () => {
    expect(isMissingImage({ [Symbol.for('cloche.docker.missing-image')]: true })).toBe(true);
    expect(isMissingImage(new Error('No such image'))).toBe(false);
    expect(isMissingImage(null)).toBe(false);
  });
});

describe('an engine that answers with a failure', () => {
  test.each(['create', 'pull', 'other'] as const)('whose storage is full (%s)', (kind) => {
    const cause = new EngineResponseError(500, 'mkdir /var/lib/docker/x: no space left on device');
    const error = mapEngineError(cause, { ...CONTEXT, kind, image: 'a/b:1' });
    expect(error).toMatchObject({ code: 'ERR_EXECUTOR_UNAVAILABLE', retryable: true });
    expect(error.hint).toMatch(/docker system df.*docker system prune/u);
  });

  test.each([
    'Unknown runtime specified runsc',
    'unknown or invalid runtime name: runsc',
    'failed to create task: exec: "runsc": executable file not found in $PATH: unknown',
    'fork/exec /usr/bin/runsc: no such file or directory: unknown',
  ])('that has no such runtime: %s', (text) => {
    const error = mapEngineError(new EngineResponseError(400, text), { ...CONTEXT, runtime: 'runsc' });
    expect(error.code).toBe('ERR_CONFIG_INVALID');
    expect(error.message).toContain('docker.runtime');
  });

  test('that does not take the seccomp profile', () => {
    const cause = new EngineResponseError(500, 'loading seccomp profile: invalid action');
    expect(mapEngineError(cause, CONTEXT)).toMatchObject({ code: 'ERR_EXECUTOR_FAILED' });
    expect(mapEngineError(cause, CONTEXT).hint).toContain('seccomp');
  });

  test('of any other kind keeps its words', () => {
    const cause = new EngineResponseError(500, 'something\n  else');
    const error = mapEngineError(cause, { ...CONTEXT, runtime: 'runsc' });
    expect(error).toMatchObject({ code: 'ERR_EXECUTOR_FAILED', retryable: false, cause });
    expect(error.message).toBe('The container engine at unix:///engine.sock could not do it: something else');
  });

  test('that is mapped already stays as it is', () => {
    const error = new ClocheError({ code: 'ERR_CONFIG_INVALID', message: { en: 'a', zh: '甲' } });
    expect(mapEngineError(error, CONTEXT)).toBe(error);
  });
});
