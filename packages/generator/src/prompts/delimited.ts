/**
 * Text of others between tags that it cannot close: where it holds the closing tag, the tag gets a number.
 *
 * @param path said in the opening tag. Null: none.
 */
export function delimited(name: string, text: string, path: string | null = null): string {
  const tag = tagFor(name, text);
  const attribute = path === null ? '' : ` path=${JSON.stringify(path)}`;
  const body = text.endsWith('\n') ? text : `${text}\n`;
  // Half of a character is no UTF-8, and some services refuse the whole request for it.
  return `<${tag}${attribute}>\n${body}</${tag}>`.toWellFormed();
}

/** Numbers have no more digits than this: a text would have to hold a million tags before. */
const MOST_DIGITS = 7;

/** The text is read once, however many tags it holds. */
function tagFor(name: string, text: string): string {
  const taken = new Set<string>();
  for (const [, digits = ''] of text.matchAll(new RegExp(`</${name}(?:-(\\d{1,${MOST_DIGITS}}))?`, 'giu'))) {
    for (let length = 0; length <= digits.length; length += 1) taken.add(digits.slice(0, length));
  }
  if (taken.size === 0) return name;
  let number = 2;
  while (taken.has(String(number))) number += 1;
  return `${name}-${number}`;
}
