import { isDeepStrictEqual } from 'node:util';
import { loadConfig, saveConfigValues, userConfigFile } from '@cloche/core';
import type { ConfigKey, LoadedConfig, TomlValue } from '@cloche/core';
import { RequestRefused } from '../http/request-refused.ts';
import type { PlaygroundOptions } from '../playground-options.ts';
import { impliedChanges } from './implied-changes.ts';
import { lockReason } from './lock-reasons.ts';
import type { ParsedPatch } from './parse-settings-patch.ts';
import type { SessionChoices } from './session-choices.ts';
import { withChanges } from './session-choices.ts';
import { valuesToSave } from './values-to-save.ts';

/** The configuration as files, variables, flags and the page have it. */
export class PlaygroundConfig {
  readonly #input: PlaygroundOptions['configInput'];
  #choices: SessionChoices = {};
  /** Every key that was ever seen: what is to be taken out of what people are told. */
  readonly #secrets = new Set<string>();
  #patching: Promise<unknown> = Promise.resolve();

  constructor(input: PlaygroundOptions['configInput']) {
    this.#input = input;
  }

  /** Where choices are saved. @throws ClocheError where the user has no home directory */
  get userFile(): string {
    return userConfigFile(this.#input) ?? '';
  }

  /** As it is now. @throws ClocheError `ERR_CONFIG_INVALID` */
  async load(): Promise<LoadedConfig> {
    return this.#load(this.#choices);
  }

  /** One after the other. @throws RequestRefused, ClocheError `ERR_CONFIG_INVALID`: nothing has changed then */
  patch(patch: ParsedPatch): Promise<LoadedConfig> {
    const patched = this.#patching.then(() => this.#patch(patch));
    this.#patching = patched.catch(() => undefined);
    return patched;
  }

  /** The text without any key that this server knows. */
  redact(text: string): string {
    let shown = text;
    for (const secret of this.#secrets) shown = shown.replaceAll(secret, '…');
    return shown;
  }

  async #patch({ changes, isSaved }: ParsedPatch): Promise<LoadedConfig> {
    for (const value of [changes.get('daytona.apiKey'), changes.get('generator.apiKey')]) this.#hide(value);
    const loaded = await this.load();
    refuseLocked(changes, loaded);
    const base = await this.#load({});
    const all = impliedChanges(changes, loaded, base);
    const choices = withChanges(this.#choices, all);
    const next = await this.#load(choices);
    if (!isSaved) {
      this.#choices = choices;
      return next;
    }
    const saved = valuesToSave(changes, all, base);
    await saveConfigValues({ ...this.#input, session: {} }, saved);
    return this.#forgetSaved(choices, saved, next);
  }

  /** What the file says now need not be chosen any more, unless something else stands above it. */
  async #forgetSaved(
    choices: SessionChoices,
    saved: ReadonlyMap<ConfigKey, TomlValue>,
    wanted: LoadedConfig,
  ): Promise<LoadedConfig> {
    const withoutSaved = withChanges(choices, new Map([...saved.keys()].map((key) => [key, undefined])));
    const loaded = await this.#load(withoutSaved);
    const isAsWanted = [...saved].every(
      ([key, value]) => value === null || isDeepStrictEqual(valueOf(loaded, key), valueOf(wanted, key)),
    );
    this.#choices = isAsWanted ? withoutSaved : choices;
    return isAsWanted ? loaded : wanted;
  }

  async #load(choices: SessionChoices): Promise<LoadedConfig> {
    const loaded = await loadConfig({ ...this.#input, session: choices });
    this.#hide(loaded.config.generator.apiKey);
    this.#hide(loaded.config.executorOptions['daytona']?.['apiKey']);
    return loaded;
  }

  #hide(secret: unknown): void {
    // What is shorter stands in many an innocent text.
    if (typeof secret === 'string' && secret.length >= 8) this.#secrets.add(secret);
  }
}

function refuseLocked(changes: ReadonlyMap<ConfigKey, unknown>, { entries }: LoadedConfig): void {
  const sourceOf = (key: ConfigKey): LoadedConfig['entries'][number]['source'] =>
    entries.find((entry) => entry.key === key)?.source ?? { kind: 'default', name: 'default' };
  for (const key of changes.keys()) {
    const reason = lockReason(key, sourceOf);
    if (reason === null) continue;
    throw new RequestRefused({
      status: 409,
      message: {
        en: `${key} cannot be changed here. ${reason.en}`,
        zh: `无法在此更改 ${key}。${reason.zh}`,
      },
    });
  }
}

function valueOf({ entries }: LoadedConfig, key: ConfigKey): unknown {
  return entries.find((entry) => entry.key === key)?.value;
}
