import { expect, test } from 'vitest';
import { CodeReader } from '../../src/answers/code-reader.ts';
import { readAnswer } from '../../src/answers/read-answer.ts';

/** As long as an answer may be. */
const LENGTH = 1024 * 1024;
/** Where the time grows with the square of the length, an answer like this takes minutes, or for ever. */
const MOST_MS = 20_000;

function times(text: string): string {
  return text.repeat(LENGTH / text.length);
}

const ANSWERS: readonly (readonly [string, string])[] = [
  ['nothing but line ends in a block', `\`\`\`\n${times('\n')}x\n\`\`\`\n`],
  ['nothing but blanks and line ends', times(' \n')],
  ['a fence with blanks behind it', `\`\`\`${times(' ')}x`],
  ['a closing fence with blanks behind it', `\`\`\`python\nprint(1)\n\`\`\`${times(' ')}x\n\`\`\`\n`],
  ['a fence of tildes that is none', `${times('~')}\``],
  ['a function whose head does not end', `\`\`\`\ndef f(${times('):')}x\n\`\`\`\n`],
  ['elements that are not closed', times('<code>')],
  ['elements that are not opened', times('<code ')],
  ['blocks by the ten thousand', times('```\na\n```\n')],
  ['fences inside fences', times('```python\n')],
  ['fences inside a string of Python', `\`\`\`python\nx = """\n${times('```\n')}`],
  ['fences inside a string of Java', `\`\`\`java\nx = """\n${times('```\n')}`],
  ['fences inside a string of Rust', `\`\`\`rust\nlet x = r#"\n${times('```\n')}`],
  ['fences inside a heredoc', `\`\`\`bash\ncat <<E\n${times('```\n')}`],
  ['backticks by the ten thousand', `\`\`\`\`\n${times('` ')}`],
  ['one line of code', `\`\`\`python\nx = "${times('a')}"\n\`\`\`\n`],
  ['one line of code with returns in it', `\`\`\`python\nx = "${times('a\r')}"\n\`\`\`\n`],
  ['one line that may be a fence', `\`\`\`python\n\`${times('a')}`],
  ['thoughts without an end', `<think>${times('hm ')}`],
  ['a structure without an end', `{"a":${times('[')}`],
  ['structures without an end', times('{\n')],
];

test.each(ANSWERS)(
  '%s: read in a time that grows with its length',
  (_name, text) => {
    const startedAtMs = performance.now();
    for (const wanted of [null, 'python', 'rust'] as const) readAnswer(text, 'stop', wanted);
    expect(performance.now() - startedAtMs).toBeLessThan(MOST_MS);
  },
  2 * MOST_MS,
);

test.each(ANSWERS)(
  '%s: shown while it is written in a time that grows with its length',
  (_name, text) => {
    const startedAtMs = performance.now();
    let count = 0;
    const reader = new CodeReader(null, (code) => {
      count += code.length;
    });
    for (let at = 0; at < text.length; at += 4) reader.push(text.slice(at, at + 4));
    reader.finish();
    expect(count).toBeLessThanOrEqual(text.length + 1);
    expect(performance.now() - startedAtMs).toBeLessThan(MOST_MS);
  },
  2 * MOST_MS,
);
