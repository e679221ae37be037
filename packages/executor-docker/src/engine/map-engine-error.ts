import { ClocheError } from '@cloche/core/executor';
import type { LocalizedText } from '@cloche/core/executor';
import { cannotRunAgent } from './cannot-run-agent.ts';
import type { EngineFailure } from './engine-failure.ts';
import { EngineStreamError, readFailure } from './engine-failure.ts';
import { classifyConnectionFailure } from './connection-failure.ts';
import type { ConnectionFailure } from './connection-failure.ts';
import { imageWaysOut } from './image-ways-out.ts';
import { missingImageError } from './missing-image.ts';

/** What was being done when it failed. */
export interface EngineErrorContext {
  readonly address: string;
  /** Completes "The engine at … could not …". */
  readonly action: LocalizedText;
  readonly kind: 'create' | 'pull' | 'other';
  /** The image concerned; null where there is none. */
  readonly image: string | null;
  /** The runtime that was asked for; null where it was the engine's choice. */
  readonly runtime: string | null;
}

interface Rule {
  matches(failure: EngineFailure, context: EngineErrorContext, error: unknown): boolean;
  create(failure: EngineFailure, context: EngineErrorContext, error: unknown): ClocheError;
}

/** The first that matches decides. */
const RULES: readonly Rule[] = [
  {
    matches: (failure) => /no space left on device|disk quota exceeded/iu.test(failure.text),
    create: ({ text }, { address }, cause) =>
      new ClocheError({
        code: 'ERR_EXECUTOR_UNAVAILABLE',
        message: {
          en: `The storage of the container engine at ${address} is full: ${text}`,
          zh: `位于 ${address} 的容器引擎的存储空间已满：${text}`,
        },
        hint: {
          en: 'See what takes the space with `docker system df`, and free some with `docker system prune` (unused images too: `docker image prune --all`).',
          zh: '用 `docker system df` 查看占用情况，用 `docker system prune` 释放空间（连同未使用的镜像：`docker image prune --all`）。',
        },
        retryable: true,
        cause,
      }),
  },
  {
    matches: (failure, context) => context.kind === 'create' && isMissingImageAnswer(failure),
    create: (_failure, { image }, cause) => missingImageError(image ?? '', cause),
  },
  {
    matches: (failure, { runtime }) => runtime !== null && isUnknownRuntime(failure.text, runtime),
    create: ({ text }, { address, runtime }, cause) =>
      new ClocheError({
        code: 'ERR_CONFIG_INVALID',
        message: {
          en: `The container engine at ${address} has no runtime ${runtime} (docker.runtime): ${text}`,
          zh: `位于 ${address} 的容器引擎没有运行时 ${runtime}（docker.runtime）：${text}`,
        },
        hint: {
          en: 'Choose one that `docker info` lists under Runtimes, or install this one and name it in /etc/docker/daemon.json.',
          zh: '请选用 `docker info` 在 Runtimes 下列出的运行时，或安装该运行时并在 /etc/docker/daemon.json 中登记。',
        },
        cause,
      }),
  },
  {
    matches: (failure, context, error) =>
      context.kind === 'pull' && (failure.statusCode !== null || error instanceof EngineStreamError),
    create: ({ text }, { image }, cause) =>
      new ClocheError({
        code: 'ERR_EXECUTOR_UNAVAILABLE',
        message: {
          en: `The image ${image ?? ''} could not be pulled: ${text}`,
          zh: `无法拉取镜像 ${image ?? ''}：${text}`,
        },
        hint: imageWaysOut(image ?? ''),
        // A name that does not exist stays so; a network or a registry comes back.
        retryable: !isRefusedByRegistry(text),
        cause,
      }),
  },
  {
    matches: ({ statusCode, text }) =>
      statusCode !== null && /"?\/bin\/sh"?:? .*(?:no such file or directory|not found)/iu.test(text),
    create: (_failure, _context, cause) => cannotRunAgent(cause),
  },
  {
    matches: (failure) => failure.statusCode !== null && /seccomp/iu.test(failure.text),
    create: ({ text }, { address }, cause) =>
      new ClocheError({
        code: 'ERR_EXECUTOR_FAILED',
        message: {
          en: `The container engine at ${address} does not take the seccomp profile that Cloche's containers have: ${text}`,
          zh: `位于 ${address} 的容器引擎不接受 Cloche 容器的 seccomp 配置：${text}`,
        },
        hint: {
          en: 'Update the engine and its runtime; the kernel must have seccomp filters. `docker info` shows whether it has.',
          zh: '请更新引擎及其运行时；内核必须支持 seccomp 过滤器，可用 `docker info` 查看。',
        },
        cause,
      }),
  },
];

/** The one place where what dockerode, Node.js and engines throw becomes a {@link ClocheError}. */
export function mapEngineError(error: unknown, context: EngineErrorContext): ClocheError {
  if (ClocheError.isInstance(error)) return error;
  const failure = readFailure(error);
  const rule = RULES.find((candidate) => candidate.matches(failure, context, error));
  if (rule !== undefined) return rule.create(failure, context, error);
  const connection = classifyConnectionFailure(error);
  return connection === null
    ? refused(failure, context, error)
    : engineGone(connection, failure, context, error);
}

function engineGone(
  connection: ConnectionFailure,
  failure: EngineFailure,
  context: EngineErrorContext,
  cause: unknown,
): ClocheError {
  return new ClocheError({
    code: 'ERR_EXECUTOR_UNAVAILABLE',
    message: {
      en: `The container engine at ${context.address} could not ${context.action.en}, since it ${GONE[connection].en}: ${failure.text}`,
      zh: `位于 ${context.address} 的容器引擎未能${context.action.zh}，因为${GONE[connection].zh}：${failure.text}`,
    },
    hint: {
      en: 'Once the engine answers again, so does Cloche; `cloche doctor` tells what is the matter.',
      zh: '引擎恢复后 Cloche 即可继续工作；`cloche doctor` 会说明问题所在。',
    },
    retryable: connection !== 'permission' && connection !== 'tls',
    cause,
  });
}

const GONE: Readonly<Record<ConnectionFailure, LocalizedText>> = {
  missing: { en: 'is not there', zh: '它不存在' },
  refused: { en: 'is not running', zh: '它没有运行' },
  permission: { en: 'may not be used by this user', zh: '当前用户无权使用它' },
  silent: { en: 'did not answer in time', zh: '它未及时响应' },
  cut: { en: 'broke the connection', zh: '连接中断' },
  unreachable: { en: 'cannot be reached', zh: '无法连接到它' },
  tls: { en: 'cannot be reached by TLS', zh: '无法通过 TLS 连接' },
  ssh: { en: 'cannot be reached through ssh', zh: '无法通过 ssh 连接' },
  'not-an-engine': { en: 'does not speak the API of Docker', zh: '它使用的不是 Docker API' },
};

function refused(failure: EngineFailure, context: EngineErrorContext, cause: unknown): ClocheError {
  return new ClocheError({
    code: 'ERR_EXECUTOR_FAILED',
    message: {
      en: `The container engine at ${context.address} could not ${context.action.en}: ${failure.text}`,
      zh: `位于 ${context.address} 的容器引擎未能${context.action.zh}：${failure.text}`,
    },
    retryable: failure.statusCode !== null && failure.statusCode >= 502,
    cause,
  });
}

function isMissingImageAnswer({ statusCode, text }: EngineFailure): boolean {
  return (
    (statusCode === 404 || statusCode === 500) &&
    /no such image|image not known|unable to find image/iu.test(text)
  );
}

function isUnknownRuntime(text: string, runtime: string): boolean {
  return (
    text.includes(runtime) &&
    /unknown (?:or invalid )?runtime|invalid runtime|runtime .*(?:not found|not installed)|binary not installed|no such file or directory|executable file not found/iu.test(
      text,
    )
  );
}

function isRefusedByRegistry(text: string): boolean {
  return /manifest unknown|not found|does not exist|unauthorized|denied|no match for platform|no matching manifest/iu.test(
    text,
  );
}
