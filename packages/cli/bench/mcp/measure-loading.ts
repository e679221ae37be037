import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { text } from 'node:stream/consumers';
import type { AreaResult } from '../figure.ts';
import { rounded } from '../statistics.ts';
import type { ServerPackage } from './server-package.ts';
import { StdioClient } from './stdio-client.ts';

/** What only a run in a container, in the cloud or a generator needs. */
const HEAVY = ['dockerode', '@daytonaio', '@ai-sdk', 'ai'];
/** Tells every file that is loaded, on stderr. */
const SPY = `
import { registerHooks } from 'node:module';
import { writeSync } from 'node:fs';
registerHooks({
  resolve(specifier, context, next) {
    const resolved = next(specifier, context);
    if (resolved.url.startsWith('file:')) writeSync(2, 'loaded ' + resolved.url + '\\n');
    return resolved;
  },
});
`;

/** What a server has loaded that has answered a client, and has run nothing. */
export async function measureLoading(server: ServerPackage): Promise<AreaResult> {
  const child = server.start([], {
    nodeOptions: ['--import', `data:text/javascript,${encodeURIComponent(SPY)}`],
  });
  const said = text(child.stderr);
  const client = new StdioClient(child, '2025-06-18');
  await client.greet();
  await client.call('manage_sandbox', { action: 'list' });
  await client[Symbol.asyncDispose]();
  const urls = [...(await said).matchAll(/^loaded (?<url>.+)$/gmu)].map(
    ({ groups }) => groups?.['url'] ?? '',
  );
  const loaded = [...new Set(urls)].map((url) => readFileSync(new URL(url), 'utf8'));
  if (heavyIn(bundleOf(server)).length === 0) throw new Error('The bundle does not say what it is made of.');
  const found = heavyIn(loaded);
  const kilobytes = loaded.reduce((sum, source) => sum + Buffer.byteLength(source), 0) / 1000;
  return {
    figures: [
      {
        name: 'of Docker, Daytona or an LLM, loaded before it is used',
        value: found.length,
        unit: '',
        bar: { relation: 'at most', value: 0 },
        detail: `${found.join(', ') || 'nothing'}; ${rounded(kilobytes)} kB of code in ${loaded.length} files`,
        count: 1,
      },
    ],
    skipped: [],
  };
}

function heavyIn(sources: readonly string[]): readonly string[] {
  return HEAVY.filter((name) => sources.some((source) => source.includes(`/node_modules/${name}/`)));
}

function bundleOf({ entry }: ServerPackage): readonly string[] {
  const directory = path.join(path.dirname(entry), '../dist');
  return readdirSync(directory)
    .filter((name) => name.endsWith('.js'))
    .map((name) => readFileSync(new URL(name, pathToFileURL(`${directory}/`)), 'utf8'));
}
