const SHORT_ESCAPES = new Set([0x08, 0x09, 0x0a, 0x0c, 0x0d, 0x22, 0x5c]);

/** How many characters `text` takes within a string of JSON: some models are shown exactly that. */
export function jsonLength(text: string): number {
  let length = text.length;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (SHORT_ESCAPES.has(unit)) length += 1;
    else if (unit < 0x20) length += 5;
  }
  return length;
}
