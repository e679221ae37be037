// npm run bench [-- AREA…] [--json]: measures, and compares with what the project promises.
import { availableParallelism, release } from 'node:os';
import type { AreaResult } from './figure.ts';
import { isKept } from './figure.ts';
import { formatArea } from './format-area.ts';

const AREAS: Readonly<Record<string, () => Promise<{ measure: () => Promise<AreaResult> }>>> = {
  cli: () => import('./areas/cli.ts'),
  local: () => import('./areas/local.ts'),
  docker: () => import('./areas/docker.ts'),
  daytona: () => import('./areas/daytona.ts'),
  mcp: () => import('./areas/mcp.ts'),
  generator: () => import('./areas/generator.ts'),
  playground: () => import('./areas/playground.ts'),
};

const words = process.argv.slice(2);
const isJson = words.includes('--json');
const named = words.filter((word) => word !== '--json');
const unknown = named.filter((word) => !Object.hasOwn(AREAS, word));

if (unknown.length > 0) {
  process.stderr.write(`There is no area ${unknown.join(', ')}. Areas: ${Object.keys(AREAS).join(', ')}\n`);
  process.exitCode = 2;
} else {
  const results: Record<string, AreaResult> = {};
  for (const [name, load] of Object.entries(AREAS)) {
    if (named.length > 0 && !named.includes(name)) continue;
    process.stderr.write(`measuring ${name} …\n`);
    const result = await (await load()).measure();
    results[name] = result;
    if (!isJson) process.stdout.write(`${formatArea(name, result)}\n\n`);
  }
  const machine = `${process.platform} ${release()}, ${availableParallelism()} processors, Node.js ${process.version}`;
  if (isJson) process.stdout.write(`${JSON.stringify({ machine, areas: results }, null, 2)}\n`);
  else process.stdout.write(`${machine}\n`);
  const figures = Object.values(results).flatMap((result) => result.figures);
  if (!figures.every(isKept)) process.exitCode = 1;
}
