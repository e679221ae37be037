/**
 * What a text in TOML says. The parser is loaded on first use.
 *
 * @param path what an error names
 * @throws ClocheError `ERR_CONFIG_INVALID` with file, line and column
 */
export async function readToml(path: string, text: string): Promise<Readonly<Record<string, unknown>>> {
  const { parseToml } = await import('./parse-toml.ts');
  return parseToml(path, text);
}
