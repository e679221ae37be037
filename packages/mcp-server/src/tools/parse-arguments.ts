import { ClocheError } from '@cloche/core/executor';
import type { z } from 'zod';
import { clipText } from '../results/clip-text.ts';

const MOST_ISSUES = 5;
const ISSUE_CHARACTERS = 200;

/** @throws ClocheError `ERR_REQUEST_INVALID` naming each argument that is wrong */
export function parseArguments<Value>(schema: z.ZodType<Value>, tool: string, given: unknown): Value {
  const parsed = schema.safeParse(given ?? {});
  if (parsed.success) return parsed.data;
  const { issues } = parsed.error;
  const named = issues
    .slice(0, MOST_ISSUES)
    .map(({ path, message }) =>
      clipText(path.length === 0 ? message : `${path.join('.')}: ${message}`, ISSUE_CHARACTERS),
    );
  const list = named.join('; ');
  throw new ClocheError({
    code: 'ERR_REQUEST_INVALID',
    message: {
      en: `The arguments of ${tool} are not valid. ${list}`,
      zh: `${tool} 的参数无效。${list}`,
    },
    hint: {
      en: `Call ${tool} again with arguments as its schema has them.`,
      zh: `请按照 ${tool} 的参数模式重新调用。`,
    },
  });
}
