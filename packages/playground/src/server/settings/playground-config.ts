import { isDeepStrictEqual } from 'node:util';
import { CONFIG_KEYS, configSecrets, loadConfig, saveConfigValues, userConfigFile } from '@cloche/core';
import type { ConfigKey, LoadedConfig, TomlValue } from '@cloche/core';
import { RequestRefused } from '../http/request-refused.ts';
import type { PlaygroundOptions } from '../playground-options.ts';
import { impliedChanges } from './implied-changes.ts';
import { lockReason } from './lock-reasons.ts';
import type { ParsedPatch } from './parse-settings-patch.ts';
import type { SessionChoices } from './session-choices.ts';
import { withChanges } from './session-choices.ts';
import { valuesToSave } from './values-to-save.ts';

/** What is shorter stands in many an innocent text. */
const SHORTEST_REDACTED = 8;

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

  /** Where choices are saved. Null: the user has no home directory, and saving is refused. */
  get userFile(): string | null {
    return userConfigFile(this.#input);
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

  /** The text without any key that the configuration has had, those of less than 8 characters aside. */
  redact(text: string): string {
    let shown = text;
    // A key that another one begins with would leave the rest of it.
    for (const secret of [...this.#secrets].toSorted((a, b) => b.length - a.length))
      shown = shown.replaceAll(secret, '…');
    return shown;
  }

  async #patch({ changes, isSaved }: ParsedPatch): Promise<LoadedConfig> {
    for (const { key, secret } of CONFIG_KEYS) if (secret) this.#hide(changes.get(key));
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
    for (const secret of configSecrets(loaded.config)) this.#hide(secret);
    return loaded;
  }

  #hide(secret: string | null | undefined): void {
    if (typeof secret === 'string' && secret.length >= SHORTEST_REDACTED) this.#secrets.add(secret);
  }
}

function refuseLocked(changes: ReadonlyMap<ConfigKey, unknown>, loaded: LoadedConfig): void {
  for (const key of changes.keys()) {
    const reason = lockReason(key, loaded);
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
