import { parse, TomlError } from 'smol-toml';
import { invalidConfig } from './invalid-config.ts';

/** @throws ClocheError `ERR_CONFIG_INVALID` with file, line and column */
export function parseToml(path: string, text: string): Readonly<Record<string, unknown>> {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    // Its message repeats lines of the file, which may hold a key.
    const detail = (error.message.split('\n')[0] ?? '').replace(/^Invalid TOML document: /u, '');
    throw invalidConfig(
      { source: `${path}:${error.line}:${error.column}`, key: null },
      { en: `This is not TOML: ${detail}.`, zh: `不是有效的 TOML：${detail}。` },
      { en: 'The format is described at https://toml.io', zh: '格式说明见 https://toml.io/cn' },
    );
  }
}
