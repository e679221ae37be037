import type { Candidate } from './candidate.ts';
import { languageOfTag } from './language-of-tag.ts';
import { unwrapFence } from './unwrap-fence.ts';

/** `<code language="python">…</code>`, and fences that begin and end on one line. */
export function fromMarkup(said: string): Candidate | null {
  const element = firstElement(said);
  if (element !== null && element.code.trim() !== '') {
    const language = /(?:language|lang|type)="(?<language>[^"]+)"/u.exec(element.attributes)?.groups;
    return {
      code: unwrapFence(element.code),
      languageName: language?.['language']?.replace(/^.*\//u, '') ?? null,
      explanation: null,
      isWhole: true,
    };
  }
  const inline = /^```(?:(?<tag>[\w+#]+) )?(?<code>[^`\n]*[^\s`])```$/mu.exec(said)?.groups;
  if (inline === undefined) return null;
  const tag = inline['tag'] ?? null;
  const isTag = tag !== null && languageOfTag(tag) !== null;
  return {
    code: isTag || tag === null ? (inline['code'] ?? '') : `${tag} ${inline['code'] ?? ''}`,
    languageName: isTag ? tag : null,
    explanation: null,
    isWhole: true,
  };
}

const OPENING = /<(?<name>code|program|answer|solution|file)\b(?<attributes>[^<>]*)>\n?/gu;

/** The first element that is closed. */
function firstElement(said: string): { readonly attributes: string; readonly code: string } | null {
  const unclosed = new Set<string>();
  for (const opening of said.matchAll(OPENING)) {
    const { name = '', attributes = '' } = opening.groups ?? {};
    // What is not closed behind one is not closed behind the next.
    if (unclosed.has(name)) continue;
    const begin = opening.index + opening[0].length;
    const end = said.indexOf(`</${name}>`, begin);
    if (end >= 0) return { attributes, code: said.slice(begin, end) };
    unclosed.add(name);
  }
  return null;
}
