import { LANGUAGE_IDS, LANGUAGES } from '@cloche/core/executor';
import type { Locale, LocalizedText } from '@cloche/core/executor';
import { formatTable } from '../../output/format-table.ts';
import { outputWidth, print, printJson } from '../../output/print-output.ts';
import type { CommandFunction } from '../../program/command-definition.ts';

const HEADINGS: readonly LocalizedText[] = [
  { en: 'NAME', zh: '名称' },
  { en: 'LANGUAGE', zh: '语言' },
  { en: 'EXTENSIONS', zh: '扩展名' },
  { en: 'ALSO', zh: '别名' },
];

/** `cloche languages`: what there is by name; what runs here is the doctor's to say. */
export const languagesCommand: CommandFunction = (_words, options, context) => {
  const languages = LANGUAGE_IDS.map((id) => LANGUAGES[id]);
  if (options.isSet('json')) {
    printJson(
      languages.map(({ id, displayName, aliases, extensions, image }) => ({
        id,
        displayName,
        aliases,
        extensions,
        image,
      })),
    );
  } else {
    print(table(context.locale));
  }
  return Promise.resolve(0);
};

function table(locale: Locale): string {
  const rows = LANGUAGE_IDS.map((id) => {
    const { displayName, aliases, extensions } = LANGUAGES[id];
    return [id, displayName, extensions.join(' '), aliases.join(' ')];
  });
  return formatTable([HEADINGS.map((heading) => heading[locale]), ...rows], outputWidth());
}
