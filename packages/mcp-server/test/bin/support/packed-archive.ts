import { execFileSync } from 'node:child_process';
import path from 'node:path';
import type { PackedServer } from './packed-server.ts';
import { packServer } from './packed-server.ts';

/** The archive that a registry would have, started by `npx` as clients do it; of no network. */
export function packArchive(): PackedServer {
  const server = packServer();
  const archive = execFileSync('npm', ['pack', '--silent', '--pack-destination', server.directory], {
    cwd: path.join(server.directory, 'package'),
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  }).trim();
  return {
    ...server,
    argv: ['npx', '-y', '--package', path.join(server.directory, archive), 'cloche-mcp-server'],
    environment: {
      ...server.environment,
      npm_config_cache: path.join(server.directory, 'npm-cache'),
      npm_config_offline: 'true',
      npm_config_update_notifier: 'false',
    },
  };
}
