const QUOTE = 0x22;
const COMMA = 0x2c;
const OPENING_BRACE = 0x7b;
const OPENING_BRACKET = 0x5b;
const BACKSLASH = 0x5c;

/**
 * How many values a text in JSON has at most, told by its commas and brackets before anything is made of it: objects
 * take ten times and more the memory of their text. Stops counting past the limit.
 */
export function countJsonValues(text: Buffer, limit: number): number {
  let count = 1;
  for (let offset = 0; offset < text.length && count <= limit; offset += 1) {
    const byte = text[offset];
    if (byte === QUOTE) offset = endOfString(text, offset);
    else if (byte === COMMA || byte === OPENING_BRACE || byte === OPENING_BRACKET) count += 1;
  }
  return count;
}

/** Of the closing quote; the end of the text where there is none. */
function endOfString(text: Buffer, start: number): number {
  let end = text.indexOf(QUOTE, start + 1);
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf(QUOTE, end + 1);
  return end === -1 ? text.length : end;
}

function isEscaped(text: Buffer, offset: number): boolean {
  let before = offset - 1;
  while (text[before] === BACKSLASH) before -= 1;
  return (offset - before) % 2 === 0;
}
