import { randomBytes } from 'node:crypto';
import type { OwnerIdentity } from '@cloche/core/executor';
import { formatOwner } from '@cloche/core/executor';
import type { ContainerDefinition, Engine } from '../engine/engine.ts';
import type { ContainerSpec } from './container-spec.ts';
import { LABELS } from './container-spec.ts';

const MEBIBYTE = 1024 * 1024;
const HELPER_MEMORY_BYTES = 64 * MEBIBYTE;
const HELPER_PROCESSES = 32;
const HELPER_MS = 15_000;
const NAME_BYTES = 8;

/**
 * Networks that belong to somebody, and addresses that are not the world's (RFC 6890): private ones (RFC 1918, 4193),
 * link-local ones, among them a cloud's metadata service (RFC 3927, 4291), those behind a carrier's gateway (RFC 6598),
 * "this network" (RFC 791), protocol assignments, among them Oracle's platform address 192.0.0.192 (RFC 6890),
 * laboratories (RFC 2544) and multicast (RFC 5771). 168.63.129.16 is public and Azure's own platform address: the agent
 * of a virtual machine gets its certificates and settings there
 * (https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16).
 */
const CLOSED_NETWORKS: Readonly<Record<'4' | '6', readonly string[]>> = {
  4: [
    '0.0.0.0/8',
    '10.0.0.0/8',
    '100.64.0.0/10',
    '168.63.129.16/32',
    '169.254.0.0/16',
    '172.16.0.0/12',
    '192.0.0.0/24',
    '192.168.0.0/16',
    '198.18.0.0/15',
    '224.0.0.0/4',
  ],
  6: ['fc00::/7', 'fe80::/10', 'fec0::/10', '::ffff:0:0/96', '64:ff9b::/96'],
};

/**
 * Closes them by rules that come before the routes: packets to the world still go by the gateway, and none to it. Names
 * are still looked up at the servers that the engine has written down, on their one port alone: in some clouds the
 * name server and the metadata service have one address.
 */
const SCRIPT = `set -e
for server in $(sed -n 's/^nameserver //p' /etc/resolv.conf); do
  case $server in
    127.*|::1) ;;
    *:*) ip -6 rule add to "$server" dport 53 lookup main priority 10 || true ;;
    *) ip rule add to "$server" dport 53 lookup main priority 10 ;;
  esac
done
${CLOSED_NETWORKS[4].map((network) => `ip rule add to ${network} unreachable priority 20`).join('\n')}
if [ -e /proc/net/if_inet6 ]; then
${CLOSED_NETWORKS[6].map((network) => `  ip -6 rule add to ${network} unreachable priority 20`).join('\n')}
fi
`;

/**
 * Keeps a container with a network away from the gateway, its neighbours, the local network and the metadata address. A
 * second container does it, which shares nothing with the first but the network and is gone before the program starts.
 *
 * @returns false where it cannot be done: an image without \`ip\`, an engine or a runtime that does not let it
 */
export async function filterNetwork(
  engine: Engine,
  containerId: string,
  spec: ContainerSpec,
  owner: OwnerIdentity,
): Promise<boolean> {
  const name = `cloche-network-${randomBytes(NAME_BYTES).toString('hex')}`;
  try {
    const id = await engine.containers.create(name, helperDefinition(containerId, spec, owner));
    await engine.containers.start(id);
    return (await engine.containers.wait(id, { timeoutMs: HELPER_MS })) === 0;
  } catch {
    // Whatever the reason is, the network is as open as it was, and the caller says that.
    return false;
  } finally {
    await engine.containers.remove(name).catch(() => undefined);
  }
}

function helperDefinition(
  containerId: string,
  { imageId, runtime }: ContainerSpec,
  owner: OwnerIdentity,
): ContainerDefinition {
  return {
    Image: imageId,
    Entrypoint: ['/bin/sh'],
    Cmd: ['-c', SCRIPT],
    WorkingDir: '/',
    User: '0:0',
    Healthcheck: { Test: ['NONE'] },
    Labels: {
      [LABELS.owner]: formatOwner(owner),
      [LABELS.deadline]: String(Math.ceil((Date.now() + 2 * HELPER_MS) / 1000)),
    },
    HostConfig: {
      NetworkMode: `container:${containerId}`,
      ReadonlyRootfs: true,
      CapDrop: ['ALL'],
      CapAdd: ['NET_ADMIN'],
      SecurityOpt: ['no-new-privileges'],
      IpcMode: 'private',
      Memory: HELPER_MEMORY_BYTES,
      MemorySwap: HELPER_MEMORY_BYTES,
      PidsLimit: HELPER_PROCESSES,
      LogConfig: { Type: 'none' },
      ...(runtime === null ? {} : { Runtime: runtime }),
    },
  };
}
