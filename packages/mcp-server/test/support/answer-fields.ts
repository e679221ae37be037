import type { TestAnswer } from './test-client.ts';

export function textField({ structuredContent }: TestAnswer, name: string): string {
  const value = structuredContent?.[name];
  if (typeof value !== 'string') throw new Error(`The answer has no text ${name}.`);
  return value;
}

export function numberField({ structuredContent }: TestAnswer, name: string): number {
  const value = structuredContent?.[name];
  if (typeof value !== 'number') throw new Error(`The answer has no number ${name}.`);
  return value;
}
