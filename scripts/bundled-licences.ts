import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Rolldown } from 'tsdown';

const licenceName = /^(licen[cs]e|copying|notice)/i;

/** The folder of the package that a module belongs to: what follows the last `node_modules/`. */
function packageFolder(moduleId: string): string | null {
  return /^(.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(moduleId)?.[1] ?? null;
}

/** The licences of a package, and those of code that it took in itself, which lie beside that code. */
function licenceFiles(folder: string, moduleId: string): string[] {
  const files: string[] = [];
  for (let directory = dirname(moduleId); directory.length >= folder.length; directory = dirname(directory)) {
    files.push(
      ...readdirSync(directory)
        .filter((name) => licenceName.test(name))
        .map((name) => join(directory, name)),
    );
  }
  return files;
}

/** Texts that name nobody, and so are the same for every package: for one that brings no file of its own. */
const STANDARD_TEXTS: Readonly<Record<string, string>> = {
  'Apache-2.0': join(import.meta.dirname, '../LICENSE'),
};

/** Puts the licences of everything that was bundled beside the bundle: each of them asks for that. */
export function bundledLicences(): Rolldown.Plugin {
  return {
    name: 'bundled-licences',
    generateBundle(_options, bundle) {
      const texts = new Map<string, string>();
      for (const output of Object.values(bundle)) {
        if (output.type !== 'chunk') continue;
        for (const moduleId of output.moduleIds) {
          const folder = packageFolder(moduleId);
          if (folder === null) continue;
          const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Record<
            string,
            unknown
          >;
          const heading = `${String(manifest['name'])} ${String(manifest['version'])} (${String(manifest['license'])})`;
          const files = licenceFiles(folder, moduleId);
          const standardText = STANDARD_TEXTS[String(manifest['license'])];
          if (files.length === 0 && standardText === undefined) this.error(`${heading} has no licence file`);
          if (files.length === 0 && standardText !== undefined) {
            texts.set(heading, readFileSync(standardText, 'utf8').trim());
          }
          for (const file of files) {
            const name = file.slice(folder.length + 1).replaceAll('\\', '/');
            texts.set(`${heading}: ${name}`, readFileSync(file, 'utf8').trim());
          }
        }
      }
      if (texts.size === 0) return;
      const sections = [...texts]
        .toSorted(([left], [right]) => left.localeCompare(right))
        .map(([heading, text]) => `${heading}\n\n${text}\n`);
      this.emitFile({
        type: 'asset',
        fileName: 'THIRD-PARTY-LICENCES.txt',
        source: sections.join(`\n${'-'.repeat(80)}\n\n`),
      });
    },
  };
}
