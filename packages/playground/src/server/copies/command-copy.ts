import { LANGUAGES } from '@cloche/core/executor';
import type { ExecuteRequest, GenerateRequest, RunRequest } from '../../api/runs.ts';
import { durationText, sizeText } from '../settings/quantity-text.ts';
import type { ChosenValues } from './chosen-values.ts';
import { hereDocument } from './here-document.ts';
import { shellWord } from './shell-word.ts';

/** `cloche run …` or `cloche generate …`, for a shell. Files are taken from where the shell is. */
export function commandCopy(request: RunRequest, chosen: ChosenValues): string {
  return request.kind === 'generate' ? generateCommand(request, chosen) : runCommand(request, chosen);
}

function generateCommand(request: GenerateRequest, chosen: ChosenValues): string {
  const { requirement, language, files = [], stdin } = request;
  const options = [
    ...(language === null ? [] : ['--language', language]),
    ...files.flatMap(({ path }) => ['--context', path]),
    ...(request.arguments ?? []).map((argument) => `--arg=${argument}`),
    ...(stdin === undefined ? [] : ['--stdin', '-']),
    ...commonFlags(chosen),
    ...generatorFlags(chosen),
  ];
  // A requirement that begins with a dash is no option.
  const words = requirement.startsWith('-') ? [...options, '--', requirement] : [requirement, ...options];
  return `${piped(stdin)}${['cloche', 'generate', ...words].map(shellWord).join(' ')}\n`;
}

function runCommand(request: ExecuteRequest, chosen: ChosenValues): string {
  const { code, language, fileName, files = [], stdin } = request;
  const { redirection, body, isEncoded } = hereDocument(code);
  const usualName = LANGUAGES[language].entryFileName(code);
  const isPlain = stdin === undefined && (fileName === undefined || fileName === usualName);
  const words = [
    '--language',
    language,
    // With a place of their own, wherever the program's file lies.
    ...files.flatMap(({ path }) => ['--file', isPlain ? path : `${path}:${path}`]),
    ...commonFlags(chosen),
    ...programArguments(request),
  ].map(shellWord);
  if (isPlain) {
    const command = ['cloche', 'run', '-', ...words].join(' ');
    return isEncoded
      ? `base64 -d ${redirection} | ${command}\n${body}`
      : `${command} ${redirection}\n${body}`;
  }
  // The program needs a file, since standard input is its own or the name is.
  const name = shellWord(`/${fileName ?? usualName}`);
  const write = `${isEncoded ? 'base64 -d' : 'cat'} > "$directory"${name} ${redirection}`;
  const folder = parentOf(fileName);
  const prepare = folder === null ? '' : ` && mkdir -p "$directory"${shellWord(`/${folder}`)}`;
  const command = `cloche run "$directory"${name} ${words.join(' ')}`.trimEnd();
  return `directory=$(mktemp -d)${prepare} && ${write} && ${piped(stdin)}${command}\n${body}`;
}

function piped(stdin: string | undefined): string {
  return stdin === undefined ? '' : `printf %s ${shellWord(stdin)} | `;
}

function parentOf(fileName: string | undefined): string | null {
  const slash = fileName?.lastIndexOf('/') ?? -1;
  return slash <= 0 ? null : (fileName?.slice(0, slash) ?? null);
}

function programArguments(request: RunRequest): readonly string[] {
  const given = request.arguments ?? [];
  return given.length === 0 ? [] : ['--', ...given];
}

function commonFlags({ executor, network, timeoutMs, memoryBytes }: ChosenValues): readonly string[] {
  return [
    ...(executor === undefined ? [] : ['--executor', executor]),
    ...(network === undefined ? [] : ['--network', network]),
    ...(timeoutMs === undefined ? [] : ['--timeout', durationText(timeoutMs)]),
    ...(memoryBytes === undefined ? [] : ['--memory', sizeText(memoryBytes)]),
  ];
}

function generatorFlags({ provider, model, baseUrl, maximumAttempts }: ChosenValues): readonly string[] {
  return [
    ...(provider === undefined ? [] : ['--provider', provider]),
    ...(model === undefined ? [] : ['--model', model]),
    ...(baseUrl === undefined ? [] : ['--base-url', baseUrl]),
    ...(maximumAttempts === undefined ? [] : ['--max-attempts', String(maximumAttempts)]),
  ];
}
