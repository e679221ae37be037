import type { ExecutorHost, Unavailability } from '@cloche/core/executor';
import type { AttemptFailure } from './attempt-failure.ts';
import { classifyConnectionFailure } from './connection-failure.ts';
import { explainPermission } from './explain-permission.ts';
import { findEnginePrograms, installCommands, startCommands } from './fix-commands.ts';
import { readFailure } from './engine-failure.ts';
import type { EngineProduct } from './usual-sockets.ts';

/** Why none of the usual sockets led to an engine: not installed, not running, or not allowed. */
export async function explainUsual(
  host: ExecutorHost,
  failures: readonly AttemptFailure[],
): Promise<Unavailability> {
  const forbidden = failures.find(({ error }) => classifyConnectionFailure(error) === 'permission');
  if (forbidden !== undefined) return explainPermission(host, forbidden.endpoint);
  const [first] = failures;
  if (first !== undefined) return explainDead(host, first);
  const programs = await findEnginePrograms(host);
  const [program] = programs;
  if (program === undefined) return explainNotInstalled(host);
  const fix = startCommands(
    programs.flatMap(({ products }) => products),
    host,
  );
  return {
    available: false,
    code: 'ERR_EXECUTOR_UNAVAILABLE',
    reason: {
      en: `A container engine is installed (${program.file}), but none is running: none of the usual sockets is there.`,
      zh: `已安装容器引擎（${program.file}），但没有引擎在运行：常用的套接字都不存在。`,
    },
    hint: startHint(fix),
    fix,
  };
}

async function explainNotInstalled(host: ExecutorHost): Promise<Unavailability> {
  return {
    available: false,
    code: 'ERR_EXECUTOR_UNAVAILABLE',
    reason: {
      en: 'No container engine is installed: none of the usual sockets is there, and no program docker or podman is on PATH.',
      zh: '未安装容器引擎：常用的套接字都不存在，PATH 中也没有 docker 或 podman 程序。',
    },
    hint: {
      en: 'Install Docker (or Docker Desktop, Colima, OrbStack, Podman) with one of these commands and start it, or set DOCKER_HOST to an engine elsewhere.',
      zh: '请用以下命令之一安装 Docker（或 Docker Desktop、Colima、OrbStack、Podman）并启动它，或将 DOCKER_HOST 设为其他机器上的引擎。',
    },
    fix: await installCommands(host),
  };
}

/** A socket is there, and nobody useful behind it. */
function explainDead(host: ExecutorHost, { endpoint, error }: AttemptFailure): Unavailability {
  // The product of a usual socket is what its origin says.
  const fix = startCommands([endpoint.origin as EngineProduct], host);
  const failure = classifyConnectionFailure(error);
  const { address, origin } = endpoint;
  const reason =
    failure === 'silent'
      ? {
          en: `The engine of ${origin} at ${address} takes connections and does not answer.`,
          zh: `${origin} 位于 ${address} 的引擎接受连接但没有响应。`,
        }
      : failure === 'not-an-engine'
        ? {
            en: `What answers at ${address} (${origin}) does not speak the API of Docker.`,
            zh: `${address}（${origin}）的应答不符合 Docker API。`,
          }
        : {
            en: `The engine of ${origin} is not running: nothing answers at ${address} (${readFailure(error).text}).`,
            zh: `${origin} 的引擎没有运行：${address} 没有应答（${readFailure(error).text}）。`,
          };
  return { available: false, code: 'ERR_EXECUTOR_UNAVAILABLE', reason, hint: startHint(fix), fix };
}

function startHint(fix: readonly string[]): { en: string; zh: string } {
  const [command = 'docker info'] = fix;
  return {
    en: `Start it, for example with \`${command}\`; \`docker info\` or \`podman info\` shows whether it runs.`,
    zh: `请启动引擎，例如 \`${command}\`；可用 \`docker info\` 或 \`podman info\` 确认其是否在运行。`,
  };
}
