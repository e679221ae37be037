import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ExecutorHost } from '@cloche/core/executor';
import { homeDirectory } from './home-directory.ts';
import { invalidAddress } from './invalid-address.ts';

/** A context of Docker's command line, as far as it leads to an engine. */
export interface DockerContext {
  readonly name: string;
  /** Who chose it, and where: `DOCKER_CONTEXT`, `/home/me/.docker/config.json`. */
  readonly chosenBy: string;
  readonly address: string;
  readonly skipsVerification: boolean;
  readonly tlsDirectory: string;
}

export function dockerConfigDirectory(host: ExecutorHost): string {
  return host.environment['DOCKER_CONFIG'] || path.join(homeDirectory(host), '.docker');
}

/**
 * The context that Docker's own client would use. Null where there is none, or it is `default`, which means none.
 *
 * @throws ClocheError `ERR_CONFIG_INVALID` for one that is named and cannot be read
 */
export async function currentContext(host: ExecutorHost): Promise<DockerContext | null> {
  const directory = dockerConfigDirectory(host);
  const configFile = path.join(directory, 'config.json');
  const fromEnvironment = host.environment['DOCKER_CONTEXT'];
  const chosenBy = fromEnvironment ? 'DOCKER_CONTEXT' : configFile;
  const name = fromEnvironment || (await configuredContext(configFile));
  if (name === null || name === '' || name === 'default') return null;

  const hash = createHash('sha256').update(name).digest('hex');
  const file = path.join(directory, 'contexts', 'meta', hash, 'meta.json');
  const meta = await readJson(file, `${chosenBy} (context ${name})`);
  const endpoint = field(field(meta, 'Endpoints'), 'docker');
  const address = field(endpoint, 'Host');
  if (typeof address !== 'string' || address === '') {
    throw invalidAddress(`${chosenBy} (context ${name})`, {
      en: `${file} has no Endpoints.docker.Host`,
      zh: `${file} 中没有 Endpoints.docker.Host`,
    });
  }
  return {
    name,
    chosenBy,
    address,
    skipsVerification: field(endpoint, 'SkipTLSVerify') === true,
    tlsDirectory: path.join(directory, 'contexts', 'tls', hash, 'docker'),
  };
}

async function configuredContext(file: string): Promise<string | null> {
  const config = await readJson(file, file, { mayBeMissing: true });
  const name = field(config, 'currentContext');
  return typeof name === 'string' ? name : null;
}

async function readJson(
  file: string,
  origin: string,
  { mayBeMissing }: { mayBeMissing: boolean } = { mayBeMissing: false },
): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as unknown;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (mayBeMissing && (code === 'ENOENT' || code === 'ENOTDIR')) return null;
    const problem =
      error instanceof SyntaxError
        ? { en: `${file} is not JSON`, zh: `${file} 不是有效的 JSON` }
        : code === 'ENOENT'
          ? { en: `there is no ${file}`, zh: `文件 ${file} 不存在` }
          : { en: `${file} cannot be read`, zh: `无法读取 ${file}` };
    throw invalidAddress(origin, problem, error);
  }
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
