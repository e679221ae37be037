import type { ExecutorHost } from '@cloche/core/executor';
import { currentContext, dockerConfigDirectory } from './docker-context.ts';
import type { EndpointTransport, EngineEndpoint, TlsMaterial } from './engine-endpoint.ts';
import type { ParsedAddress } from './parse-address.ts';
import { parseAddress } from './parse-address.ts';
import { readTlsFiles } from './tls-files.ts';
import { usualSockets } from './usual-sockets.ts';

/**
 * Where an engine may be, in the order in which to try. What is configured, `DOCKER_HOST` and a context each stand
 * alone: whoever names an engine gets that one or none.
 *
 * @param configuredHost the option `docker.host`; null where it is not set
 * @throws ClocheError `ERR_CONFIG_INVALID` for an address or a context that cannot be read
 */
export async function findEndpoints(
  host: ExecutorHost,
  configuredHost: string | null,
): Promise<EngineEndpoint[]> {
  if (configuredHost !== null) return [await namedEndpoint(host, configuredHost, 'docker.host')];
  const fromEnvironment = host.environment['DOCKER_HOST'];
  if (fromEnvironment) return [await namedEndpoint(host, fromEnvironment, 'DOCKER_HOST')];
  const context = await currentContext(host);
  if (context !== null) {
    const named = `${context.chosenBy} (context ${context.name})`;
    const parsed = parseAddress(context.address, named);
    const transport = await withTls(parsed, async (isAskedFor) => {
      const material = await readTlsFiles(context.tlsDirectory, !context.skipsVerification, named);
      // A context of an engine that speaks plain text has no TLS files, and says nothing else about it.
      const isWanted = isAskedFor || context.skipsVerification || material.authority !== null;
      return isWanted || material.certificate !== null ? material : null;
    });
    return [{ address: context.address, origin: `context ${context.name}`, isExplicit: true, transport }];
  }
  return usualSockets(host).map(({ product, path }) => ({
    address: path.startsWith('//') ? `npipe://${path}` : `unix://${path}`,
    origin: product,
    isExplicit: false,
    transport: { kind: 'socket', path },
  }));
}

async function namedEndpoint(host: ExecutorHost, address: string, origin: string): Promise<EngineEndpoint> {
  const { environment } = host;
  const directory = environment['DOCKER_CERT_PATH'] || dockerConfigDirectory(host);
  const transport = await withTls(parseAddress(address, origin), async (isAskedFor) => {
    const isSet = Boolean(
      environment['DOCKER_TLS_VERIFY'] || environment['DOCKER_TLS'] || environment['DOCKER_CERT_PATH'],
    );
    // Verified whatever the variables say: an engine is root's right hand, and nobody else may pose as it.
    return isSet || isAskedFor ? readTlsFiles(directory, true, origin) : null;
  });
  return { address, origin, isExplicit: true, transport };
}

const PLAIN_PORT = 2375;
const TLS_PORT = 2376;

/** @param readTls is told whether the scheme asks for TLS; null means without */
async function withTls(
  parsed: ParsedAddress,
  readTls: (isAskedFor: boolean) => Promise<TlsMaterial | null>,
): Promise<EndpointTransport> {
  if (parsed.kind !== 'tcp') return parsed;
  const { host, pathPrefix, isEncrypted } = parsed;
  const tls = isEncrypted === false ? null : await readTls(isEncrypted === true);
  return { kind: 'tcp', host, pathPrefix, tls, port: parsed.port ?? (tls === null ? PLAIN_PORT : TLS_PORT) };
}
