import type { LoadedConfig } from '@cloche/core';
import { ClocheError } from '@cloche/core/executor';
import type { Locale, LocalizedText } from '@cloche/core/executor';
import type { Settings } from '../../api/settings.ts';
import { executorChoices } from '../executors/executor-inspection.ts';
import type { ModelDescription } from '../playground-options.ts';
import { describeSettings } from '../settings/describe-settings.ts';
import { parseSettingsPatch } from '../settings/parse-settings-patch.ts';
import type { ApiCall, ApiContext } from './api-context.ts';
import { readJsonBody } from './read-body.ts';
import { sendJson } from './send-json.ts';

export async function showSettings(context: ApiContext, { response, locale }: ApiCall): Promise<void> {
  sendJson(response, 200, await settingsOf(context, await context.config.load(), locale));
}

export async function changeSettings(context: ApiContext, call: ApiCall): Promise<void> {
  const patch = parseSettingsPatch(await readJsonBody(call.request, context.limits.bodyBytes));
  const loaded = await context.config.patch(patch);
  sendJson(call.response, 200, await settingsOf(context, loaded, call.locale));
}

async function settingsOf(context: ApiContext, loaded: LoadedConfig, locale: Locale): Promise<Settings> {
  const { runner, release } = context.runners.lease(loaded);
  try {
    let model: ModelDescription | null = null;
    let modelProblem: LocalizedText | null = null;
    try {
      model = await context.generation.describe(loaded.config);
    } catch (error) {
      if (!ClocheError.isInstance(error)) throw error;
      const { message } = error.text;
      modelProblem = { en: context.config.redact(message.en), zh: context.config.redact(message.zh) };
    }
    return describeSettings({
      loaded,
      executors: await executorChoices(runner, loaded),
      model,
      modelProblem,
      userConfigFile: context.config.userFile,
      locale,
    });
  } finally {
    release();
  }
}
