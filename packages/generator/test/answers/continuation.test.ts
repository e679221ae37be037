import { describe, expect, test } from 'vitest';
import { Continuation } from '../../src/answers/continuation.ts';
import { ANSWER_FIXTURES } from './answer-fixtures.ts';

const BEGUN = [
  'Here it is:',
  '',
  '```python',
  'import sys',
  '',
  'def total(values):',
  '    result = 0',
  '    for value in val',
].join('\n');
const REST = ['ues:', '        result += value', '    return result', '```', '', 'It adds.'].join('\n');
const WHOLE = BEGUN + REST;

function joined(before: string, pieces: readonly string[]): { readonly text: string; readonly told: string } {
  const continuation = new Continuation(before);
  const told = pieces.map((piece) => continuation.push(piece)).join('') + continuation.finish();
  return { text: continuation.text, told };
}

/** Ways in which models go on, all of which come to the same answer. */
const WAYS: Readonly<Record<string, string>> = {
  'as they are told': REST,
  'with the line that they stood in': `    for value in val${REST}`,
  'with that line, its indentation left out': `for value in val${REST}`,
  'with the lines before it': `    result = 0\n    for value in val${REST}`,
  'in a block of their own': `\`\`\`python\n${REST}`,
  'in a block of their own, behind a word': `Continuing:\n\n\`\`\`python\n    for value in val${REST}`,
};

describe.each(Object.entries(WAYS))('models that go on %s', (_, after) => {
  test('come to the same answer, however it arrives', () => {
    expect(joined(BEGUN, [after]).text).toBe(WHOLE);
    expect(joined(BEGUN, after.split(''))).toEqual(joined(BEGUN, [after]));
  });

  test('are told as the rest of what was told before', () => {
    expect(BEGUN + joined(BEGUN, [after]).told).toBe(WHOLE);
  });
});

test('an answer that begins from the start replaces what was there', () => {
  const again = `Of course:\n\n${WHOLE.slice(WHOLE.indexOf('```'))}`;
  expect(joined(BEGUN, [again])).toEqual({ text: again, told: '' });
});

test('a structured answer goes on inside of its string, or begins from the start', () => {
  const begun = '{"language": "python", "code": "print(1)\\nprint(';
  expect(joined(begun, ['2)\\n"}']).text).toBe(`${begun}2)\\n"}`);
  const again = '{"language": "python", "code": "print(1)\\nprint(2)\\n"}';
  expect(joined(begun, [again]).text).toBe(again);
});

test('the fence that only closes is no new block', () => {
  const begun = '```python\nprint("a")\nprint("b")\n';
  expect(joined(begun, ['```\n\nIt prints. Run it so:\n\n```bash\npython3 main.py\n```\n']).text).toBe(
    `${begun}\`\`\`\n\nIt prints. Run it so:\n\n\`\`\`bash\npython3 main.py\n\`\`\`\n`,
  );
});

test('a rest that is shorter than what is looked at is not lost', () => {
  expect(joined('```python\nprint(1', [')']).text).toBe('```python\nprint(1)');
  expect(joined('```python\nprint(1', []).text).toBe('```python\nprint(1');
});

test('whatever was cut, and wherever, goes on exactly there', () => {
  const programs = ANSWER_FIXTURES.filter(({ expected }) => expected === 'program');
  expect(programs.length).toBeGreaterThan(40);
  for (const { answer, name } of programs) {
    for (let at = 1; at < answer.length; at += 1) {
      const text = joined(answer.slice(0, at), [answer.slice(at)]).text;
      expect.soft(text, `${name}, cut at ${at}: ${JSON.stringify(answer.slice(at - 30, at))}`).toBe(answer);
    }
  }
});
