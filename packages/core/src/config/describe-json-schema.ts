/** The JSON Schema of `cloche.toml` and `config.toml`, for editors. Loads the schema library on first use. */
export async function describeJsonSchema(): Promise<Readonly<Record<string, unknown>>> {
  const { fileJsonSchema } = await import('./file-schema.ts');
  return fileJsonSchema();
}
