import type { LanguageId, Locale } from '@cloche/core/executor';
import { type Draft, draftOfProgram } from '../state/draft.ts';
import { toBase64 } from '../state/base64.ts';

export interface Example {
  /** The name of its file. */
  readonly file: string;
  readonly language: LanguageId;
  readonly title: Readonly<Record<Locale, string>>;
  readonly argumentsText?: string;
  /** A file of `examples/data` as standard input. */
  readonly stdin?: string;
  /** A file of `examples/data` beside the program. */
  readonly input?: string;
}

/** The first one of a language is what its editor begins with. */
export const EXAMPLES: readonly Example[] = [
  { file: 'fibonacci.py', language: 'python', title: { en: 'Fibonacci numbers', zh: '斐波那契数' } },
  {
    file: 'charts.py',
    language: 'python',
    title: { en: 'A picture, a table, data', zh: '图片、表格与数据' },
  },
  {
    file: 'queens.py',
    language: 'python',
    title: { en: 'Queens, with an argument', zh: '八皇后（带参数）' },
    argumentsText: '6',
  },
  {
    file: 'mandelbrot.js',
    language: 'javascript',
    title: { en: 'Mandelbrot in characters', zh: '字符画曼德博集合' },
  },
  {
    file: 'word-count.js',
    language: 'javascript',
    title: { en: 'Words of standard input', zh: '统计标准输入的词' },
    stdin: 'brook.txt',
  },
  { file: 'orders.ts', language: 'typescript', title: { en: 'Orders', zh: '订单' } },
  { file: 'Bank.java', language: 'java', title: { en: 'A bank', zh: '银行' } },
  { file: 'pipeline.go', language: 'go', title: { en: 'Channels', zh: '通道' } },
  { file: 'calculator.rs', language: 'rust', title: { en: 'A calculator', zh: '计算器' } },
  {
    file: 'log-summary.sh',
    language: 'bash',
    title: { en: 'A file in, a file out', zh: '输入文件，输出文件' },
    input: 'access.log',
  },
  { file: 'matrix.c', language: 'c', title: { en: 'Linear equations', zh: '线性方程组' } },
  { file: 'shapes.cpp', language: 'cpp', title: { en: 'Shapes', zh: '图形' } },
];

const SOURCES = {
  ...import.meta.glob<string>('../../../../../examples/*.{py,js,ts,java,go,rs,sh,c,cpp}', {
    query: '?raw',
    import: 'default',
  }),
  ...import.meta.glob<string>('./sources/*', { query: '?raw', import: 'default' }),
};
const DATA = import.meta.glob<string>('../../../../../examples/data/*', { query: '?raw', import: 'default' });

async function load(files: Readonly<Record<string, () => Promise<string>>>, name: string): Promise<string> {
  const path = Object.keys(files).find((known) => known.endsWith(`/${name}`));
  return (await (path === undefined ? undefined : files[path])?.()) ?? '';
}

export async function draftOfExample(example: Example): Promise<Draft> {
  const code = await load(SOURCES, example.file);
  const draft = draftOfProgram(example.language, code);
  const stdin = example.stdin === undefined ? '' : await load(DATA, example.stdin);
  const attachments: Draft['attachments'] =
    example.input === undefined ? [] : [attachmentOf(example.input, await load(DATA, example.input))];
  return { ...draft, stdin, attachments, argumentsText: example.argumentsText ?? '', isTouched: false };
}

function attachmentOf(path: string, text: string): Draft['attachments'][number] {
  const bytes = new TextEncoder().encode(text);
  return { path, byteCount: bytes.length, content: toBase64(bytes) };
}

export async function starterOf(language: LanguageId): Promise<Draft> {
  const example = EXAMPLES.find((known) => known.language === language);
  return example ? await draftOfExample(example) : draftOfProgram(language, '');
}
