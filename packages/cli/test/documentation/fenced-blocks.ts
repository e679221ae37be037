/** One block of code in a page. */
export interface FencedBlock {
  /** The word behind the fence: `sh`, `ts`, or empty. */
  readonly language: string;
  readonly text: string;
  /** Line of the fence, from 1. */
  readonly line: number;
  /** Whether only blank lines stand between the block before and this one. */
  readonly followsBlock: boolean;
}

const FENCE = /^(?<fence>`{3,})(?<language>\S*)/u;

export function fencedBlocks(markdown: string): FencedBlock[] {
  const blocks: FencedBlock[] = [];
  const lines = markdown.split('\n');
  let followsBlock = false;
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    const opening = FENCE.exec(line);
    if (opening?.groups === undefined) {
      if (line.trim() !== '') followsBlock = false;
      continue;
    }
    const { fence = '', language = '' } = opening.groups;
    const end = lines.findIndex((candidate, position) => position > index && candidate.trimEnd() === fence);
    if (end === -1) throw new Error(`the block that begins in line ${index + 1} does not end`);
    blocks.push({ language, text: lines.slice(index + 1, end).join('\n'), line: index + 1, followsBlock });
    followsBlock = true;
    index = end;
  }
  return blocks;
}

/** The page without its blocks, for what is said about its prose. Lines keep their numbers. */
export function withoutFencedBlocks(markdown: string): string {
  let isInside = false;
  return markdown
    .split('\n')
    .map((line) => {
      const isFence = FENCE.test(line);
      if (isFence) isInside = !isInside;
      return isFence || isInside ? '' : line;
    })
    .join('\n');
}
