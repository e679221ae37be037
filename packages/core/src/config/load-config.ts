import { join } from 'node:path';
import type { LocalizedText } from '../executor/localized-text.ts';
import { baseDirectoryIfAny } from '../host/base-directories.ts';
import { checkContradictions } from './check-contradictions.ts';
import { checkProjectLayer } from './check-project-layer.ts';
import type { LoadedConfig } from './config.ts';
import type { ConfigKey } from './config-key.ts';
import { CREDENTIAL_PAIRS } from './credential-pairs.ts';
import type { ConfigLayer } from './config-layer.ts';
import { environmentLayer, environmentWarnings } from './environment-layer.ts';
import { findProjectFile } from './find-project-file.ts';
import { flagLayer, flagWarnings } from './flag-layer.ts';
import { configEntries, configOf, defaultLayer, mergeLayers } from './merge-layers.ts';
import { openConfigFile } from './open-config-file.ts';
import { openToOthers } from './open-to-others.ts';
import { sessionLayer } from './session-layer.ts';

export interface LoadConfigInput {
  /** What flags give, by key, as text. */
  readonly flags?: Readonly<Partial<Record<ConfigKey, string>>>;
  /**
   * What a person has chosen in the page of a running server, by key, as text; it gives way to flags and variables.
   * Null: as if no file gave the key. Default: nothing.
   */
  readonly session?: Readonly<Partial<Record<ConfigKey, string | null>>>;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly workingDirectory: string;
  /** Null: there is none, and no file of the user's. */
  readonly homeDirectory: string | null;
  readonly platform: NodeJS.Platform;
}

/**
 * The configuration: flags, then the environment, what was chosen in the page of a running server, the project's
 * `cloche.toml`, the user's own `config.toml`, the user's `.streamlit/secrets.toml` (DAYTONA_… alone), and the
 * defaults. Each layer is checked alone.
 *
 * @throws ClocheError `ERR_CONFIG_INVALID` naming the flag, the variable, or file, line and key
 */
export function loadConfig(input: LoadConfigInput): Promise<LoadedConfig> {
  return loadConfigWith(input, null);
}

/** @param userText what the user's own file is taken to hold; null: what it holds */
export async function loadConfigWith(input: LoadConfigInput, userText: string | null): Promise<LoadedConfig> {
  const warnings: LocalizedText[] = [
    ...flagWarnings(input.flags ?? {}),
    ...environmentWarnings(input.environment),
  ];
  const upper = [
    flagLayer(input.flags ?? {}),
    environmentLayer(input.environment),
    sessionLayer(input.session ?? {}),
  ];
  const userFile = userConfigFile(input);
  const [project, user, streamlit] = await Promise.all([
    projectLayer(input, warnings),
    userFile === null ? null : userLayer(userFile, userText, warnings),
    streamlitLayer(input, warnings),
  ]);
  const lower = [user, streamlit, defaultLayer()].filter((layer) => layer !== null);
  if (project !== null) checkProjectLayer(project, lower, userFile ?? 'config.toml');

  const merged = mergeLayers([...upper, ...(project === null ? [] : [project]), ...lower]);
  const config = configOf(merged);
  checkContradictions(config, merged);
  return { config, entries: configEntries(merged), warnings: [...warnings, ...merged.warnings] };
}

/** Where the user's own file is or would be; null without a home directory. */
export function userConfigFile(
  input: Pick<LoadConfigInput, 'environment' | 'platform' | 'homeDirectory'>,
): string | null {
  const directory = baseDirectoryIfAny('config', input);
  return directory === null ? null : join(directory, 'config.toml');
}

async function projectLayer(input: LoadConfigInput, warnings: LocalizedText[]): Promise<ConfigLayer | null> {
  const path = await findProjectFile(input.workingDirectory, input.homeDirectory);
  const file = path === null ? null : await openConfigFile(path);
  if (path === null || file === null) return null;
  if (!file.isOwn) {
    warnings.push({
      en: `${path} belongs to another user and is ignored.`,
      zh: `${path} 属于其他用户，已忽略。`,
    });
    return null;
  }
  return parseLazily('project', path, file.text);
}

async function userLayer(
  path: string,
  text: string | null,
  warnings: LocalizedText[],
): Promise<ConfigLayer | null> {
  if (text !== null) return parseLazily('user', path, text);
  const file = await openConfigFile(path);
  if (file === null) return null;
  const layer = await parseLazily('user', path, file.text);
  const hasKey = CREDENTIAL_PAIRS.some(({ credential }) => layer.values.has(credential));
  if (file.isOpenToOthers && hasKey) warnings.push(openToOthers(path));
  return layer;
}

async function streamlitLayer(
  input: LoadConfigInput,
  warnings: LocalizedText[],
): Promise<ConfigLayer | null> {
  if (input.homeDirectory === null || input.homeDirectory === '') return null;
  const path = join(input.homeDirectory, '.streamlit', 'secrets.toml');
  const file = await openConfigFile(path);
  if (file === null) return null;
  const { parseStreamlitSecrets } = await import('./streamlit-secrets.ts');
  const layer = await parseStreamlitSecrets(path, file.text);
  if (file.isOpenToOthers && layer.values.has('daytona.apiKey')) warnings.push(openToOthers(path));
  return layer;
}

/** The parser and the schema take longer to load than everything else here; most runs have no file. */
async function parseLazily(kind: 'project' | 'user', path: string, text: string): Promise<ConfigLayer> {
  const { parseConfigFile } = await import('./parse-config-file.ts');
  return parseConfigFile(kind, path, text);
}
