import { ClocheError } from '@cloche/core/executor';
import { isIPv6 } from 'node:net';
import { LOOPBACK_NAMES } from './loopback-names.ts';

const WILDCARDS: ReadonlySet<string> = new Set(['0.0.0.0', '::', '']);

const NAME = /^(?:\[[\d:.a-f]+\]|[\w.-]+)$/u;

/**
 * What the `Host` header may name: loopback, the address that is listened on, and what was configured.
 *
 * @throws ClocheError ERR_CONFIG_INVALID where one of them is not a name
 */
export function allowedHosts(host: string, configured: readonly string[]): ReadonlySet<string> {
  const names = [...LOOPBACK_NAMES, ...configured.map(checkedName)];
  if (!WILDCARDS.has(host)) names.push(asInUrl(host));
  return new Set(names);
}

function asInUrl(name: string): string {
  return (isIPv6(name) ? `[${name}]` : name).toLowerCase();
}

function checkedName(text: string): string {
  const name = asInUrl(text);
  if (NAME.test(name)) return name;
  throw new ClocheError({
    code: 'ERR_CONFIG_INVALID',
    message: {
      en: `The allowed host ${JSON.stringify(text)} is not the name of a host.`,
      zh: `允许的主机 ${JSON.stringify(text)} 不是有效的主机名。`,
    },
    hint: {
      en: 'Give the name alone, such as cloche.example.com, without a scheme and without a port.',
      zh: '只给出主机名，例如 cloche.example.com，不含协议和端口。',
    },
  });
}
