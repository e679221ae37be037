import type { GenerationTests } from '@cloche/core';
import { ClocheError, LANGUAGES, languageFromName } from '@cloche/core/executor';
import type { LanguageId } from '@cloche/core/executor';
import { readFile } from 'node:fs/promises';
import { parse, TomlError } from 'smol-toml';

const TASK_KEYS = ['id', 'language', 'requirement', 'tests'] as const;

export interface EvalTask {
  /** Unique in its file. */
  readonly id: string;
  readonly language: LanguageId;
  /** What the model is told. */
  readonly requirement: string;
  /** What its program has to pass. */
  readonly tests: GenerationTests;
}

/** @throws ClocheError `ERR_REQUEST_INVALID` naming the file, and the task and key at fault */
export async function readTasks(file: string): Promise<readonly EvalTask[]> {
  const table = parseTable(file, await readText(file));
  const entries = table['task'];
  if (!Array.isArray(entries) || entries.length === 0) {
    throw unusable(file, 'has no [[task]]', '里没有 [[task]]');
  }
  const tasks = entries.map((entry, index) => readTask(entry, file, index));
  const twice = tasks.find(({ id }, index) => tasks.findIndex((task) => task.id === id) !== index);
  if (twice !== undefined) throw unusable(file, `has two tasks ${twice.id}`, `有两个任务 ${twice.id}`);
  return tasks;
}

/** @param ids empty: all of them. @throws ClocheError `ERR_REQUEST_INVALID` for an id that no task has */
export function chooseTasks(tasks: readonly EvalTask[], ids: readonly string[]): readonly EvalTask[] {
  const unknown = ids.find((id) => !tasks.some((task) => task.id === id));
  if (unknown !== undefined) {
    const known = tasks.map(({ id }) => id).join(', ');
    throw new ClocheError({
      code: 'ERR_REQUEST_INVALID',
      message: { en: `There is no task ${unknown}.`, zh: `没有任务 ${unknown}。` },
      hint: { en: `Tasks: ${known}`, zh: `任务：${known}` },
    });
  }
  return ids.length === 0 ? tasks : tasks.filter(({ id }) => ids.includes(id));
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw unusable(file, 'cannot be read', '无法读取', error);
  }
}

function parseTable(file: string, text: string): Record<string, unknown> {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    throw unusable(file, `is no TOML in line ${error.line}`, `第 ${error.line} 行不是有效的 TOML`, error);
  }
}

function readTask(entry: unknown, file: string, index: number): EvalTask {
  const values = entry as Readonly<Record<string, unknown>>;
  const unknown = Object.keys(values).find((key) => !TASK_KEYS.some((known) => known === key));
  if (unknown !== undefined) {
    throw unusable(
      file,
      `has an unknown key ${unknown} in task ${index + 1}`,
      `第 ${index + 1} 个任务有未知的键 ${unknown}`,
    );
  }
  const [id, languageName, requirement, code] = TASK_KEYS.map((key) => {
    const value = values[key];
    if (typeof value === 'string' && value.trim() !== '') return value;
    throw unusable(
      file,
      `has no text for ${key} in task ${index + 1}`,
      `第 ${index + 1} 个任务缺少文本 ${key}`,
    );
  }) as [string, string, string, string];
  const language = languageFromName(languageName);
  if (language === null) {
    throw unusable(
      file,
      `names the language ${languageName} in task ${id}, which does not exist`,
      `任务 ${id} 的语言 ${languageName} 不存在`,
    );
  }
  return { id, language, requirement, tests: { fileName: testsFileName(language), language, code } };
}

/** `tests.py`; Java wants its classes in capitals. */
function testsFileName(language: LanguageId): string {
  const [extension = ''] = LANGUAGES[language].extensions;
  return `${language === 'java' ? 'Tests' : 'tests'}${extension}`;
}

function unusable(file: string, en: string, zh: string, cause?: unknown): ClocheError {
  return new ClocheError({
    code: 'ERR_REQUEST_INVALID',
    message: { en: `The task file ${file} ${en}.`, zh: `任务文件 ${file} ${zh}。` },
    hint: {
      en: 'Each [[task]] has an id, a language, a requirement and tests: see packages/cli/eval/tasks.toml.',
      zh: '每个 [[task]] 包含 id、language、requirement 和 tests，参见 packages/cli/eval/tasks.toml。',
    },
    cause,
  });
}
