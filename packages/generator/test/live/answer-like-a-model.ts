import { LANGUAGE_IDS, LANGUAGES } from '@cloche/core/executor';
import type { ModelReply, RecordedRequest } from '@cloche/model-test-server';
import { fenced } from '../support/scripted-model.ts';
import { FIBONACCI_PROGRAMS } from './fibonacci-programs.ts';

const ROMAN = `def roman(number):
    out = ""
    for value, sign in ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
                        (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        while number >= value:
            out += sign
            number -= value
    return out`;

/** Answers the suite's prompts as a model would, from what stands in them alone. */
export const answerLikeAModel: ModelReply = ({ prompt }: RecordedRequest) => {
  const asked = prompt?.messages.at(-1)?.text ?? '';
  if (asked.includes('capital of France')) return 'The capital of France is Paris.';
  if (asked.includes('text editor')) {
    return { text: fenced('c', '#include <stdio.h>\n'.repeat(20)), ending: 'length', pieceDelayMs: 5 };
  }
  if (asked.includes('roman(number)')) return fenced('python', ROMAN);
  if (asked.includes('the word done')) return fenced('bash', 'echo done');
  const language = LANGUAGE_IDS.find((id) =>
    asked.includes(`Language: ${LANGUAGES[id].displayName}, and no other.`),
  );
  return language === undefined ? 'I do not know.' : fenced(language, FIBONACCI_PROGRAMS[language]);
};
