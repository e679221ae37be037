import type { Setting, Settings, SettingsPatch } from '../../api/settings.ts';

/**
 * What the settings will be when the server has said yes: a choice shows at once. Keys, and what an address or a
 * provider brings along, are the server's alone.
 */
export function applyPatch(settings: Settings, patch: SettingsPatch): Settings {
  const changed = <Value>(setting: Setting<Value>, value: Value | null | undefined): Setting<Value> =>
    value === undefined || value === null || setting.locked !== null ? setting : { ...setting, value };
  return {
    ...settings,
    executor: changed(settings.executor, patch.executor),
    network: changed(settings.network, patch.network),
    timeoutMs: changed(settings.timeoutMs, patch.timeoutMs),
    memoryBytes: changed(settings.memoryBytes, patch.memoryBytes),
    generator: {
      ...settings.generator,
      provider: changed(settings.generator.provider, patch.generator?.provider),
    },
  };
}
