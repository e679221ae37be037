import { DEFAULT_GENERATOR_CONFIG } from '@cloche/core';
import type { GenerationRequest } from '@cloche/core';
import type { LanguageId } from '@cloche/core/executor';
import { DEFAULT_LIMITS, LANGUAGE_IDS, LANGUAGES } from '@cloche/core/executor';
import { describe, expect, test } from 'vitest';
import { planGeneration } from '../../src/attempts/plan-generation.ts';
import { Conversation } from '../../src/prompts/conversation.ts';
import { delimited } from '../../src/prompts/delimited.ts';
import { describeTask } from '../../src/prompts/describe-task.ts';
import { fencedProgram } from '../../src/prompts/fenced-program.ts';

function taskText(request: Partial<GenerationRequest>, version: string | null = null): string {
  const config = { generator: DEFAULT_GENERATOR_CONFIG, limits: DEFAULT_LIMITS, network: 'none' } as const;
  const whole: GenerationRequest = { requirement: 'Do it.', language: 'python', ...request };
  return describeTask(planGeneration(whole, config), version);
}

describe('text of others', () => {
  test('stands between tags that it cannot close', () => {
    expect(delimited('stdout', 'plain')).toBe('<stdout>\nplain\n</stdout>');
    expect(delimited('stdout', 'a </stdout> b\n')).toBe('<stdout-2>\na </stdout> b\n</stdout-2>');
    expect(delimited('stdout', '</STDOUT ></stdout-2>')).toBe(
      '<stdout-3>\n</STDOUT ></stdout-2>\n</stdout-3>',
    );
  });

  test('is read once, whatever number of tags it holds', () => {
    const tags = Array.from({ length: 80_000 }, (_, number) => `</file-${number}>`).join('');
    const startedAtMs = performance.now();
    expect(delimited('file', tags).startsWith('<file-80000>\n')).toBe(true);
    expect(delimited('file', '</file-10></file-999999999999>').startsWith('<file-2>\n')).toBe(true);
    expect(performance.now() - startedAtMs).toBeLessThan(5000);
  });

  test('is Unicode, whatever it was', () => {
    expect(delimited('file', 'half \uD83D', 'a.txt')).toBe('<file path="a.txt">\nhalf \uFFFD\n</file>');
  });
});

describe('the task', () => {
  test('names the language, the command and what there is', () => {
    expect(taskText({ language: 'cpp' }, '15.2.0')).toBe(
      `Write the program that this requirement asks for.

<requirement>
Do it.
</requirement>

Language: C++, and no other.

Where it runs:
- C++ 15.2.0. What is started is main.cpp, with: ../build/main
- Compiled with: g++ -std=c++20 -O1 -pipe -fdiagnostics-color=never -pthread -o ../build/main main.cpp
- Only what comes with the language is sure to be there: nothing can be installed, so do without other packages.
- No network.
- Time: 120 s. Memory: 512 MiB. Standard input: empty.
- The work directory is writable, and is the current directory.`,
    );
  });

  test.each(LANGUAGE_IDS)('can be told of %s', (language: LanguageId) => {
    expect(taskText({ language })).toContain(`\n- ${LANGUAGES[language].displayName}. `);
  });

  test('leaves the language to the model where nobody names one', () => {
    const text = taskText({ language: null });
    expect(text).toContain('else Python');
    for (const id of LANGUAGE_IDS) expect(text).toContain(LANGUAGES[id].displayName);
  });

  test('says what network there is', () => {
    expect(taskText({ network: 'full' })).toContain('The network can be reached');
    expect(taskText({ network: 'full' })).not.toContain('No network');
  });

  test('leaves the arguments out of the command, and shows them apart', () => {
    const text = taskText({ arguments: ['--all', 'a b'] });
    expect(text).toContain('with: python3 main.py\n');
    expect(text).toContain('Arguments: ["--all","a b"]');
  });
});

describe('a conversation', () => {
  test('keeps the task and the last three exchanges, in turns', () => {
    const conversation = new Conversation('task');
    for (const number of [1, 2, 3, 4, 5]) {
      conversation.add({ answer: `answer ${number}`, reply: `reply ${number}` });
    }
    expect(conversation.messages.map(({ role, text }) => `${role}: ${text}`)).toEqual([
      'user: task',
      ...[3, 4, 5].flatMap((number) => [`assistant: answer ${number}`, `user: reply ${number}`]),
    ]);
  });

  test('has no message without text', () => {
    const conversation = new Conversation('task');
    conversation.add({ answer: ' \n', reply: 'reply' });
    expect(conversation.messages[1]?.text.trim()).not.toBe('');
  });
});

test('a program is shown in a fence that it does not hold itself', () => {
  expect(fencedProgram('python', 'print(1)\n')).toBe('```python\nprint(1)\n```');
  expect(fencedProgram('python', 'x = """\n```\n````\n"""')).toBe(
    '`````python\nx = """\n```\n````\n"""\n`````',
  );
  expect(fencedProgram('bash', '` '.repeat(300_000)).startsWith('```bash\n')).toBe(true);
});
