/** Where the JavaScript of a TypeScript file goes: `a/main.ts` to `a/main.js`, `.mts` to `.mjs`, `.cts` to `.cjs`. */
export function transformedPath(path: string): string {
  return path.replace(/\.(?<kind>[mc]?)ts$/iu, '.$<kind>js');
}
