import type { ListedModel } from '@cloche/generator';
import { configFlags, readConfig } from '@cloche/mcp-server/command';
import { print, printJson } from '../../output/print-output.ts';
import { printable } from '../../output/printable.ts';
import type { CommandFunction } from '../../program/command-definition.ts';
import { interruptible } from '../interruptible.ts';

/** `cloche models`: what the endpoint offers. */
export const modelsCommand: CommandFunction = (_words, options, context) =>
  interruptible(context, async (signal) => {
    const { config } = await readConfig(context, configFlags(options));
    const { chooseModel, listModels, noModelConfigured, resolveModel } = await import('@cloche/generator');
    const resolved = resolveModel(config.generator, context.environment);
    if (resolved === null) throw noModelConfigured();
    const models = await listModels(resolved, { signal });
    const chosen = chooseModel(resolved, models);
    if (options.isSet('json')) {
      const { provider, service, baseUrl } = resolved;
      printJson({ provider, service, baseUrl, model: chosen, models });
      return 0;
    }
    for (const line of modelLines(models, chosen)) print(line);
    if (models.length === 0) {
      context.messages.note(
        {
          en: `${printable(resolved.service)} offers no models.`,
          zh: `${printable(resolved.service)} 没有提供模型。`,
        },
        { en: 'Load one there (ollama pull NAME).', zh: '请先在该处加载模型（ollama pull NAME）。' },
      );
    } else if (chosen !== null && !models.some(({ id }) => id === chosen)) {
      const name = printable(chosen);
      context.messages.warning(
        {
          en: `The chosen model ${name} is not in the list.`,
          zh: `所选模型 ${name} 不在列表中。`,
        },
        { en: 'Choose one of the list: --model NAME', zh: '请从列表中选择：--model NAME' },
      );
    }
    return 0;
  });

/** Names alone, so that they can be read by a program too; `*` before the one that is chosen. */
function modelLines(models: readonly ListedModel[], chosen: string | null): string[] {
  return models.map(({ id }) => `${id === chosen ? '*' : ' '} ${printable(id)}`);
}
