import { styled } from '../styles.ts';
import type { Paint, TokenKind } from './code-highlighter.ts';

const STYLES = {
  keyword: 'magenta',
  string: 'green',
  number: 'cyan',
  comment: 'gray',
} satisfies Readonly<Partial<Record<TokenKind, Parameters<typeof styled>[0]>>>;

/** Null where `stream` shows no colours, or NO_COLOR forbids them. */
export function terminalPaint(stream: NodeJS.WriteStream): Paint | null {
  if (styled('green', '.', stream) === '.') return null;
  return (kind, text) => (kind === 'plain' ? text : styled(STYLES[kind], text, stream));
}
