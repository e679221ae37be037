import { BlockList, isIP } from 'node:net';

const privateAddresses = new BlockList();
privateAddresses.addSubnet('127.0.0.0', 8, 'ipv4');
privateAddresses.addSubnet('10.0.0.0', 8, 'ipv4');
privateAddresses.addSubnet('172.16.0.0', 12, 'ipv4');
privateAddresses.addSubnet('192.168.0.0', 16, 'ipv4');
privateAddresses.addSubnet('169.254.0.0', 16, 'ipv4');
// Shared address space, which Tailscale uses.
privateAddresses.addSubnet('100.64.0.0', 10, 'ipv4');
privateAddresses.addAddress('::1', 'ipv6');
privateAddresses.addSubnet('fc00::', 7, 'ipv6');
privateAddresses.addSubnet('fe80::', 10, 'ipv6');

/** Names that no public zone has: RFC 6762, RFC 8375, RFC 6761, and `.internal`, which ICANN reserved; `.lan` is what routers use. */
const PRIVATE_ENDINGS = ['.local', '.lan', '.localhost', '.internal', '.home.arpa'];

/** Whether a host of a URL is this computer or stands in a private network, by its address or its name alone. */
export function isPrivateHost(host: string): boolean {
  const bare = host.replace(/^\[(.*)\]$/u, '$1');
  const family = isIP(bare);
  if (family !== 0) return privateAddresses.check(bare, family === 4 ? 'ipv4' : 'ipv6');
  // A name without a dot is of the local network, or of a neighbouring container.
  return !bare.includes('.') || PRIVATE_ENDINGS.some((ending) => bare.endsWith(ending));
}
