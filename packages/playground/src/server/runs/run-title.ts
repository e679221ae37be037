import type { RunRequest } from '../../api/runs.ts';

const LONGEST = 120;
/** A line that says nothing of what the program does. */
const BOILERPLATE =
  /^(?:#!|#include\b|import\b|from\b.*\bimport\b|package\b|using\b|use\b|["']use strict|require\b|\W*$)/u;
const COMMENT = /^(?:\/\*+|\/\/+|#+|\*+|--+|"""|''')\s*/u;
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+/gu;

/** What a line of the history shows: the requirement, or the first line of the program that says something. */
export function runTitle(request: RunRequest): string {
  const { kind } = request;
  const lines = (kind === 'generate' ? request.requirement : request.code).slice(0, 16_384).split('\n');
  const telling =
    lines.find((line) => !BOILERPLATE.test(line.trim())) ?? lines.find((line) => line.trim() !== '');
  const text = (telling ?? '').trim().replace(kind === 'generate' ? /^$/u : COMMENT, '');
  const shown = [...text.replaceAll(UNPRINTABLE, ' ').trim()];
  return shown.length > LONGEST ? `${shown.slice(0, LONGEST - 1).join('')}…` : shown.join('');
}
