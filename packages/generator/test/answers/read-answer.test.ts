import { describe, expect, test } from 'vitest';
import { CodeReader } from '../../src/answers/code-reader.ts';
import type { FoundProgram } from '../../src/answers/read-answer.ts';
import { readAnswer } from '../../src/answers/read-answer.ts';
import type { AnswerFixture } from './answer-fixtures.ts';
import { ANSWER_FIXTURES } from './answer-fixtures.ts';

function streamed({ wanted }: AnswerFixture, pieces: readonly string[]): string {
  let code = '';
  const reader = new CodeReader(wanted, (text) => {
    code += text;
  });
  for (const piece of pieces) reader.push(piece);
  reader.finish();
  return code;
}

/** The same numbers every time: a failure can be looked at again. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function randomPieces(text: string, random: () => number): string[] {
  const longest = 1 + Math.floor(random() * 40);
  const pieces: string[] = [];
  for (let at = 0; at < text.length;) {
    const length = 1 + Math.floor(random() * longest);
    pieces.push(text.slice(at, at + length));
    at += length;
  }
  return pieces;
}

test('there are at least forty shapes of answers', () => {
  expect(ANSWER_FIXTURES.length).toBeGreaterThanOrEqual(40);
});

describe.each(ANSWER_FIXTURES)('$name', (fixture) => {
  const { answer, ending, wanted } = fixture;

  test('holds what it holds', () => {
    const read = readAnswer(answer, ending, wanted);
    const kind = read.kind === 'program' ? 'program' : `missing:${read.reason}`;
    const found = read.kind === 'program' ? read : { code: null, language: null, explanation: null };
    expect({ kind, code: found.code, language: found.language }).toEqual({
      kind: fixture.expected,
      code: fixture.code,
      language: fixture.language,
    });
    expect(fixture.explanation ?? found.explanation).toBe(found.explanation);
  });

  test('tells the same pieces of a program, however it is cut', () => {
    const whole = streamed(fixture, [answer]);
    // Half of a character is a piece as well.
    expect(streamed(fixture, answer.split(''))).toBe(whole);
    for (let at = 0; at <= answer.length; at += 1) {
      expect(streamed(fixture, [answer.slice(0, at), answer.slice(at)])).toBe(whole);
    }
    const random = randomNumbers(fixture.name.length);
    for (let round = 0; round < 40; round += 1) {
      expect(streamed(fixture, randomPieces(answer, random))).toBe(whole);
    }
  });

  test('tells the program that is found in the end, or is known to be replaced', () => {
    const told = streamed(fixture, [answer]);
    expect(told === '' ? 'none' : told === fixture.code ? 'same' : 'replaced').toBe(fixture.streams);
  });
});

test('a program is told while it is written, not line by line', () => {
  const told: string[] = [];
  const reader = new CodeReader('python', (code) => told.push(code));
  reader.push('```python\nprint(');
  expect(told.join('')).toBe('print(');
  reader.push('"hello');
  expect(told.join('')).toBe('print("hello');
});

test('the string of a structured answer is told while it is written', () => {
  const told: string[] = [];
  const reader = new CodeReader(null, (code) => told.push(code));
  reader.push('{"language": "python", "code": "print(\\"he');
  expect(told.join('')).toBe('print("he');
});

test('an explanation that is cut holds no half of a character', () => {
  const said = `\`\`\`python\nprint(1)\n\`\`\`\n${'x'.repeat(1999)}🧊 and more`;
  const { explanation } = readAnswer(said, 'stop', 'python') as FoundProgram;
  expect(explanation?.isWellFormed()).toBe(true);
});
