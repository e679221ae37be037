import type { WrittenReply } from '@cloche/model-test-server';

/** The first of the program that a person can see; stands in the second piece. */
export const FIRST_TOKEN = 'first_of_all';

/** A program as models write it, piece by piece. */
export const REPLY: WrittenReply = {
  text: [
    '```python\n',
    `${FIRST_TOKEN} = 1\n`,
    ...Array.from({ length: 20 }, (_, line) => `line_${line} = ${line}\n`),
    `print(${FIRST_TOKEN})\n`,
    '```',
  ],
  pieceDelayMs: 5,
};

/** Of the piece that holds {@link FIRST_TOKEN}. */
export const FIRST_TOKEN_PIECE = 1;
