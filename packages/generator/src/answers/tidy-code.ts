/** Line ends of one kind, no byte order mark, one line end behind the last line; HTML entities undone. */
export function tidyCode(code: string): string {
  const plain = withoutEntities(code.replace(/^\uFEFF/u, '').replaceAll('\r\n', '\n'));
  return plain === '' || plain.endsWith('\n') ? plain : `${plain}\n`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#34;': '"',
  '&#39;': "'",
  '&#x27;': "'",
  '&apos;': "'",
  '&amp;': '&',
};

/** A program about HTML has entities and quotes; one that came through HTML has entities instead of them. */
function withoutEntities(code: string): string {
  if (/[<>"]/u.test(code) || !/&quot;|&#(?:34|39|x27);|&apos;|#include &lt;/u.test(code)) return code;
  return code.replaceAll(/&(?:lt|gt|quot|apos|amp|#34|#39|#x27);/gu, (entity) => ENTITIES[entity] ?? entity);
}
