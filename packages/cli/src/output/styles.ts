import { styleText } from 'node:util';

type Format = Parameters<typeof styleText>[0];

/** Colours `text` where `stream` is a terminal that shows colours and NO_COLOR does not forbid it. */
export function styled(format: Format, text: string, stream: NodeJS.WriteStream): string {
  return styleText(format, text, { stream, validateStream: true });
}
