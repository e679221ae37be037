import type { ExecutorHost, LocalizedText, Unavailability } from '@cloche/core/executor';
import type { AttemptFailure } from './attempt-failure.ts';
import type { ConnectionFailure } from './connection-failure.ts';
import { classifyConnectionFailure } from './connection-failure.ts';
import { EngineTimeoutError, readFailure } from './engine-failure.ts';
import type { EngineEndpoint } from './engine-endpoint.ts';
import { explainPermission } from './explain-permission.ts';
import { startCommands } from './fix-commands.ts';
import type { EngineProduct } from './usual-sockets.ts';

/** Why the engine that somebody named cannot be used. Nothing else is tried in its place. */
export function explainNamed(host: ExecutorHost, { endpoint, error }: AttemptFailure): Unavailability {
  const failure = classifyConnectionFailure(error);
  if (failure === 'permission' && endpoint.transport.kind === 'socket') {
    return explainPermission(host, endpoint);
  }
  const what = failure === null ? REFUSES : WHAT[failure];
  const detail =
    error instanceof EngineTimeoutError
      ? { en: `nothing within ${error.timeoutMs} ms`, zh: `${error.timeoutMs} 毫秒内没有响应` }
      : { en: readFailure(error).text, zh: readFailure(error).text };
  return {
    available: false,
    code: 'ERR_EXECUTOR_UNAVAILABLE',
    reason: {
      en: `The container engine at ${endpoint.address}, which ${endpoint.origin} names, ${what.en}: ${detail.en}`,
      zh: `${endpoint.origin} 指定的位于 ${endpoint.address} 的容器引擎${what.zh}：${detail.zh}`,
    },
    hint: (failure === null ? undefined : HINTS[failure])?.(endpoint.origin) ?? startHint(endpoint.origin),
    fix: fixFor(host, endpoint, failure),
  };
}

const REFUSES: LocalizedText = { en: 'answers with an error', zh: '返回了错误' };

const WHAT: Readonly<Record<ConnectionFailure, LocalizedText>> = {
  missing: { en: 'is not running', zh: '没有运行' },
  refused: { en: 'is not running', zh: '没有运行' },
  permission: { en: 'may not be reached', zh: '不允许访问' },
  silent: { en: 'does not answer', zh: '没有响应' },
  cut: { en: 'breaks the connection', zh: '中断了连接' },
  unreachable: { en: 'cannot be reached', zh: '无法访问' },
  tls: { en: 'cannot be reached by TLS', zh: '无法通过 TLS 访问' },
  ssh: { en: 'cannot be reached through ssh', zh: '无法通过 ssh 访问' },
  'not-an-engine': { en: 'does not speak the API of Docker', zh: '使用的不是 Docker API' },
};

/** What is not listed here is mended by starting the engine. */
const HINTS: Readonly<Partial<Record<ConnectionFailure, (origin: string) => LocalizedText>>> = {
  tls: () => ({
    en: 'Check ca.pem, cert.pem and key.pem (in DOCKER_CERT_PATH, ~/.docker or the context), and that the engine has a certificate for this host name.',
    zh: '请检查 ca.pem、cert.pem 和 key.pem（位于 DOCKER_CERT_PATH、~/.docker 或该上下文中），以及引擎的证书是否适用于此主机名。',
  }),
  ssh: () => ({
    en: 'ssh must log in without asking anything (a key in ssh-agent, a known host), and docker must be installed there; try the command below.',
    zh: 'ssh 必须能够无需询问直接登录（密钥已加入 ssh-agent、主机已受信任），且对方已安装 docker；请尝试以下命令。',
  }),
  'not-an-engine': (origin) => ({
    en: `Check the address in ${origin}: a web server, a proxy or a port that speaks TLS answers there.`,
    zh: `请检查 ${origin} 中的地址：在那里应答的是网页服务器、代理或 TLS 端口。`,
  }),
};

function startHint(origin: string): LocalizedText {
  return {
    en: `Start that engine, or change ${origin}: an engine that is named is never replaced by another. Without it, the usual sockets are tried.`,
    zh: `请启动该引擎，或修改 ${origin}：被指定的引擎不会被其他引擎替代。取消指定后将尝试常用套接字。`,
  };
}

/** Contexts and sockets say whose they are. */
const PRODUCT_BY_NAME: readonly (readonly [pattern: RegExp, product: EngineProduct])[] = [
  [/desktop-linux|\.docker\/(?:run|desktop)\//u, 'Docker Desktop'],
  [/colima/u, 'Colima'],
  [/orbstack/u, 'OrbStack'],
  [/rancher-desktop|\/\.rd\//u, 'Rancher Desktop'],
  [/\/run\/user\/.*podman/u, 'rootless Podman'],
  [/podman-machine/u, 'Podman machine'],
  [/podman/u, 'Podman'],
  [/rootless|\/run\/user\//u, 'rootless Docker'],
];

function fixFor(host: ExecutorHost, endpoint: EngineEndpoint, failure: ConnectionFailure | null): string[] {
  const { transport } = endpoint;
  if (transport.kind === 'ssh') {
    const target = transport.user === null ? transport.host : `${transport.user}@${transport.host}`;
    const port = transport.port === null ? '' : `-p ${transport.port} `;
    return [`ssh ${port}${target} docker version`];
  }
  const unset = UNSET[endpoint.origin] ?? 'docker context use default';
  if (transport.kind === 'tcp') return unset === '' ? [] : [unset];
  const text = `${endpoint.origin} ${endpoint.address}`;
  const product = PRODUCT_BY_NAME.find(([pattern]) => pattern.test(text))?.[1] ?? 'Docker';
  const start = failure === 'not-an-engine' ? [] : startCommands([product], host);
  return unset === '' ? start : [...start, unset];
}

const UNSET: Readonly<Record<string, string>> = {
  'docker.host': '',
  DOCKER_HOST: 'unset DOCKER_HOST',
};
