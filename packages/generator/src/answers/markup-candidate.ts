import type { Candidate } from './candidate.ts';
import { languageOfTag } from './language-of-tag.ts';
import { unwrapFence } from './unwrap-fence.ts';

/** `<code language="python">…</code>`, and fences that begin and end on one line. */
export function fromMarkup(said: string): Candidate | null {
  const element =
    /<(?<name>code|program|answer|solution|file)\b(?<attributes>[^>]*)>\n?(?<code>[\s\S]*?)<\/\k<name>>/u.exec(
      said,
    )?.groups;
  if (element !== undefined && (element['code'] ?? '').trim() !== '') {
    const language = /(?:language|lang|type)="(?<language>[^"]+)"/u.exec(element['attributes'] ?? '')?.groups;
    return {
      code: unwrapFence(element['code'] ?? ''),
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
