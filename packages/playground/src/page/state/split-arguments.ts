/** As a shell splits words: at spaces, with quotes and backslashes, and with nothing else of a shell. */
export function splitArguments(text: string): string[] {
  const words: string[] = [];
  let word: string | null = null;
  let quote = '';
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index] ?? '';
    if (quote !== '') {
      if (character === quote) quote = '';
      else if (character === '\\' && quote === '"' && /["\\]/u.test(text[index + 1] ?? '')) {
        index += 1;
        word += text[index] ?? '';
      } else word += character;
    } else if (character === '"' || character === "'") {
      quote = character;
      word ??= '';
    } else if (character === '\\') {
      index += 1;
      word = (word ?? '') + (text[index] ?? '');
    } else if (/\s/u.test(character)) {
      if (word !== null) words.push(word);
      word = null;
    } else word = (word ?? '') + character;
  }
  if (word !== null) words.push(word);
  return words;
}

/** The other way round: a text that splits into these words. */
export function joinArguments(words: readonly string[]): string {
  return words
    .map((word) =>
      /^[\w./:=@%+,-]+$/u.test(word) ? word : `"${word.replaceAll(/["\\]/gu, String.raw`\$&`)}"`,
    )
    .join(' ');
}
