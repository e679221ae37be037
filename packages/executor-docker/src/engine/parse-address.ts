import type { EndpointTransport } from './engine-endpoint.ts';
import { invalidAddress } from './invalid-address.ts';

/** An address with everything but the TLS files, which depend on who named it. */
export type ParsedAddress =
  | Exclude<EndpointTransport, { kind: 'tcp' }>
  | {
      readonly kind: 'tcp';
      readonly host: string;
      readonly port: number | null;
      readonly pathPrefix: string;
      /** What the scheme asks for; null leaves it to the settings around. */
      readonly isEncrypted: boolean | null;
    };

/** Safe in the command line that a shell over there reads. */
const PLAIN_PATH = /^[\w./-]+$/u;
const PLAIN_NAME = /^[\w][\w.@%:-]*$/u;

/**
 * @param origin who named it, for the error
 * @throws ClocheError `ERR_CONFIG_INVALID`
 */
export function parseAddress(address: string, origin: string): ParsedAddress {
  const scheme = /^([a-z]+):\/\//iu.exec(address)?.[1]?.toLowerCase();
  switch (scheme) {
    case 'unix':
      return parseSocket(address.slice('unix://'.length), '/var/run/docker.sock', origin);
    case 'npipe':
      return parseSocket(
        address.slice('npipe://'.length).replaceAll('\\', '/'),
        '//./pipe/docker_engine',
        origin,
      );
    case 'tcp':
    case 'http':
    case 'https':
      return parseTcp(address, scheme, origin);
    case 'ssh':
      return parseSsh(address, origin);
    case undefined:
      // Docker's client takes a bare host and port as well.
      if (/^[\w.-]+:\d+$/u.test(address)) return parseTcp(`tcp://${address}`, 'tcp', origin);
      throw invalidAddress(origin, {
        en: `${JSON.stringify(withoutPassword(address))} has no scheme`,
        zh: `${JSON.stringify(withoutPassword(address))} 缺少协议前缀`,
      });
    default:
      throw invalidAddress(origin, {
        en: `the scheme ${scheme}:// is not known`,
        zh: `无法识别的协议 ${scheme}://`,
      });
  }
}

function parseSocket(path: string, usual: string, origin: string): ParsedAddress {
  const file = path === '' ? usual : path;
  if (file.startsWith('/') && !file.includes('\0')) return { kind: 'socket', path: file };
  throw invalidAddress(origin, {
    en: `the path ${JSON.stringify(file)} is not absolute`,
    zh: `路径 ${JSON.stringify(file)} 不是绝对路径`,
  });
}

function parseTcp(address: string, scheme: 'tcp' | 'http' | 'https', origin: string): ParsedAddress {
  const url = parseUrl(address, scheme, origin);
  const standardPort = scheme === 'http' ? 80 : scheme === 'https' ? 443 : null;
  return {
    kind: 'tcp',
    host: withoutBrackets(url.hostname),
    port: url.port === '' ? standardPort : Number(url.port),
    pathPrefix: url.pathname.replace(/\/+$/u, ''),
    isEncrypted: scheme === 'tcp' ? null : scheme === 'https',
  };
}

function parseSsh(address: string, origin: string): ParsedAddress {
  const url = parseUrl(address, 'ssh', origin);
  const host = withoutBrackets(url.hostname);
  const user = url.username === '' ? null : url.username;
  const socketPath = url.pathname === '' || url.pathname === '/' ? null : url.pathname;
  // A dash in front would be an option of ssh, and one of them runs a program.
  if (!PLAIN_NAME.test(host) || (user !== null && !PLAIN_NAME.test(user))) {
    throw invalidAddress(origin, {
      en: 'the user or host is not a plain name',
      zh: '用户名或主机名不是普通名称',
    });
  }
  if (socketPath !== null && !PLAIN_PATH.test(socketPath)) {
    throw invalidAddress(origin, {
      en: 'the path after the host has characters that a shell would read',
      zh: '主机名之后的路径含有会被 shell 解释的字符',
    });
  }
  return { kind: 'ssh', host, user, port: url.port === '' ? null : Number(url.port), socketPath };
}

/** A scheme that the standard knows gets its own rules for ports and names, so all are read as an unknown one. */
function parseUrl(address: string, scheme: string, origin: string): URL {
  let url: URL;
  try {
    url = new URL(address.replace(/^[a-z]+:/iu, 'engine:'));
  } catch (error) {
    throw invalidAddress(
      origin,
      { en: `the ${scheme}:// address cannot be read`, zh: `无法解析 ${scheme}:// 地址` },
      error,
    );
  }
  if (url.hostname === '') {
    throw invalidAddress(origin, { en: 'the host is missing', zh: '缺少主机名' });
  }
  if (url.password !== '') {
    throw invalidAddress(origin, { en: 'an address holds no password', zh: '地址中不能包含密码' });
  }
  if (url.search !== '' || url.hash !== '') {
    throw invalidAddress(origin, {
      en: 'an address has no ? and no # part',
      zh: '地址中不能包含 ? 或 # 部分',
    });
  }
  return url;
}

function withoutBrackets(host: string): string {
  return host.replace(/^\[(.*)\]$/u, '$1');
}

function withoutPassword(address: string): string {
  return address.replace(/:[^:@/]*@/u, ':…@');
}
