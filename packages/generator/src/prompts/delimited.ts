/**
 * Text of others between tags that it cannot close: where it holds the closing tag, the tag gets a number.
 *
 * @param path said in the opening tag. Null: none.
 */
export function delimited(name: string, text: string, path: string | null = null): string {
  const lower = text.toLowerCase();
  let tag = name;
  for (let number = 2; lower.includes(`</${tag}`); number += 1) tag = `${name}-${number}`;
  const attribute = path === null ? '' : ` path=${JSON.stringify(path)}`;
  const body = text.endsWith('\n') ? text : `${text}\n`;
  // Half of a character is no UTF-8, and some services refuse the whole request for it.
  return `<${tag}${attribute}>\n${body}</${tag}>`.toWellFormed();
}
