import { loadConfig, userConfigFile } from '@cloche/core';
import type { ConfigKey, LoadedConfig } from '@cloche/core';
import { RequestRefused } from '../http/request-refused.ts';
import type { PlaygroundOptions } from '../playground-options.ts';
import { lockReason } from './lock-reasons.ts';
import type { ParsedPatch } from './parse-settings-patch.ts';
import type { SessionChoices } from './session-choices.ts';
import { withChanges } from './session-choices.ts';

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

  /** Keys that were chosen in the page, for whoever has to say them elsewhere. */
  isChosen(key: ConfigKey): boolean {
    return typeof this.#choices[key] === 'string';
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
    const choices = withChanges(this.#choices, implied(changes, loaded, base));
    const next = await this.#load(choices);
    if (isSaved) throw new RequestRefused({ status: 501, message: { en: 'Not yet.', zh: '尚未支持。' } });
    this.#choices = choices;
    return next;
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

/** What a change brings along, so that no key goes where it was not meant to. */
function implied(
  changes: ReadonlyMap<ConfigKey, string | null>,
  { config }: LoadedConfig,
  base: LoadedConfig,
): ReadonlyMap<ConfigKey, string | null | undefined> {
  const all = new Map<ConfigKey, string | null | undefined>();
  for (const [key, value] of changes) all.set(key, value ?? undefined);
  // A new key goes to the address that the page shows beside it.
  const apiUrl = config.executorOptions['daytona']?.['apiUrl'];
  if (typeof changes.get('daytona.apiKey') === 'string' && !changes.has('daytona.apiUrl'))
    all.set('daytona.apiUrl', typeof apiUrl === 'string' ? apiUrl : undefined);
  if (typeof changes.get('generator.apiKey') === 'string' && !changes.has('generator.baseUrl')) {
    all.set('generator.baseUrl', config.generator.baseUrl ?? undefined);
  }
  if (!changes.has('generator.provider')) return all;
  const wanted = changes.get('generator.provider') ?? base.config.generator.provider;
  if (wanted === config.generator.provider) return all;
  // Key, address and model are those of the provider before.
  const isAsConfigured = wanted === base.config.generator.provider;
  for (const key of ['generator.apiKey', 'generator.baseUrl', 'generator.model'] as const)
    if (!changes.has(key)) all.set(key, isAsConfigured ? undefined : null);
  return all;
}
