import type { RunFile, RunRequest } from '../../api/runs.ts';
import type { AppState } from './app-state.ts';
import { fromBase64, toBase64 } from './base64.ts';
import { type Draft, draftOfProgram } from './draft.ts';
import { editableText } from './editable-text.ts';
import { draftOf } from './reduce-app.ts';
import { newSourceFile, type SourceFile } from './source-file.ts';
import { joinArguments, splitArguments } from './split-arguments.ts';

/** What the editor holds, as a request to run it. */
export function executeRequest(state: AppState): RunRequest {
  const draft = draftOf(state);
  const [program, ...others] = draft.files;
  return {
    kind: 'execute',
    language: state.language,
    code: program?.text ?? '',
    // Of one that nobody named, the server knows better what its compiler wants.
    ...(program && draft.isProgramNamed ? { fileName: program.name } : {}),
    ...inputsOf(draft, others),
  };
}

/** The requirement, with the files beside the program for the model to see. */
export function generateRequest(state: AppState): RunRequest {
  const draft = draftOf(state);
  return {
    kind: 'generate',
    language: state.isAnyLanguage ? null : state.language,
    requirement: state.requirement,
    ...inputsOf(draft, []),
  };
}

function inputsOf(draft: Draft, sources: Draft['files']): Pick<RunRequest, 'files' | 'stdin' | 'arguments'> {
  const files: RunFile[] = [
    ...sources.map(({ name, text }) => ({ path: name, content: toBase64(new TextEncoder().encode(text)) })),
    ...draft.attachments.map(({ path, content }) => ({ path, content })),
  ];
  const words = splitArguments(draft.argumentsText);
  return {
    ...(files.length > 0 ? { files } : {}),
    ...(draft.stdin === '' ? {} : { stdin: draft.stdin }),
    ...(words.length > 0 ? { arguments: words } : {}),
  };
}

/** The editor as it was for a request of the history. Null for one that had no program. */
export function draftOfRequest(request: RunRequest): Draft | null {
  if (request.kind === 'generate') return null;
  const draft = draftOfProgram(request.language, request.code, request.fileName);
  const files: SourceFile[] = [];
  const attachments: { path: string; byteCount: number; content: string }[] = [];
  for (const { path, content } of request.files ?? []) {
    const bytes = fromBase64(content);
    const text = editableText(bytes);
    if (text === null) attachments.push({ path, byteCount: bytes.length, content });
    else files.push(newSourceFile(path, text));
  }
  return {
    ...draft,
    files: [...draft.files, ...files],
    attachments,
    stdin: request.stdin ?? '',
    argumentsText: joinArguments(request.arguments ?? []),
  };
}
