import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { ROOT_DIRECTORY } from './page.ts';

const run = promisify(execFile);
/** Packages are found from here as a program of a user finds them, and no tool takes it for source. */
const NODE_MODULES = fileURLToPath(new URL('../../node_modules', import.meta.url));

/** What the compiler has to say about TypeScript snippets, by name; empty when they are right. */
export async function checkSnippets(snippets: Readonly<Record<string, string>>): Promise<string> {
  await mkdir(NODE_MODULES, { recursive: true });
  const directory = await mkdtemp(path.join(NODE_MODULES, '.snippets-'));
  try {
    for (const [name, text] of Object.entries(snippets))
      await writeFile(path.join(directory, `${name}.ts`), text);
    await writeFile(
      path.join(directory, 'tsconfig.json'),
      JSON.stringify({
        extends: path.join(ROOT_DIRECTORY, 'tsconfig.base.json'),
        compilerOptions: {
          // A reader's own project; types of Node.js are found in the repository's root.
          isolatedDeclarations: false,
          declaration: false,
          noUnusedLocals: false,
          typeRoots: [path.join(ROOT_DIRECTORY, 'node_modules/@types')],
        },
        files: Object.keys(snippets).map((name) => `${name}.ts`),
      }),
    );
    const compiler = path.join(ROOT_DIRECTORY, 'node_modules/typescript/bin/tsc');
    return await run(process.execPath, [compiler, '--project', directory, '--pretty', 'false'], {
      cwd: directory,
    }).then(
      () => '',
      (error: unknown) => (error as { stdout: string }).stdout,
    );
  } finally {
    await rm(directory, { recursive: true });
  }
}
