import type { LanguageId } from '@cloche/core/executor';
import type { Candidate } from './candidate.ts';
import { readExplanation } from './candidate.ts';
import { chooseBlock } from './choose-block.ts';
import type { FencedBlock } from './fence-scanner.ts';
import { languageOfTag } from './language-of-tag.ts';
import { isPatch, readNewFile } from './read-patch.ts';

/** The fenced block that fits, or the file that a patch makes. */
export function fromBlocks(
  lines: readonly string[],
  blocks: readonly FencedBlock[],
  wanted: LanguageId | null,
): Candidate | null {
  const added = blocks.map((block) => readNewFile(block.lines)).find((file) => file !== null);
  const programs = blocks.filter((block) => !isPatch(block.lines));
  const chosen = chooseBlock(programs, wanted);
  if (chosen === null) {
    if (added === undefined) return null;
    return { code: added.join('\n'), languageName: null, explanation: null, isWhole: true };
  }
  return {
    code: withoutStuckFence(chosen).join('\n'),
    languageName: chosen.tag.language === null ? languageSaid(lines) : chosen.tag.name,
    explanation: explanationAround(lines, blocks, chosen),
    isWhole: chosen.isClosed,
  };
}

/** `print(1)` and the closing fence on one line. */
function withoutStuckFence({ lines, isClosed }: FencedBlock): readonly string[] {
  const last = lines.findLastIndex((line) => line.trim() !== '');
  const text = lines[last] ?? '';
  if (isClosed || !text.endsWith('```') || text.slice(0, -3).includes('```')) return lines;
  return [...lines.slice(0, last), text.slice(0, -3)];
}

/** `Language: Go`, on a line of its own. */
function languageSaid(lines: readonly string[]): string | null {
  for (const line of lines) {
    const name = /^[*_#\s]*language[*_]*\s*[:：][*_\s]*(?<name>[\w+#.]+)/iu.exec(line)?.groups?.['name'];
    if (name !== undefined && languageOfTag(name) !== null) return name;
  }
  return null;
}

function explanationAround(
  lines: readonly string[],
  blocks: readonly FencedBlock[],
  chosen: FencedBlock,
): string | null {
  const index = blocks.indexOf(chosen);
  const after = lines.slice(chosen.endedAt, blocks[index + 1]?.openedAt ?? lines.length).join('\n');
  const before = lines.slice(blocks[index - 1]?.endedAt ?? 0, chosen.openedAt).join('\n');
  return readExplanation(after) ?? readExplanation(before.replace(/^.*[:：]\s*$/mu, ''));
}
