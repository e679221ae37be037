/**
 * Colours and attributes of terminal text in one number, so that a million lines can each remember how they begin.
 * Bits 0 to 8: foreground, 0 for none, else its place in the palette of 256 plus one. Bits 9 to 17: background, the same.
 * Bits 18 on: attributes.
 */
export type AnsiStyle = number;

export const PLAIN: AnsiStyle = 0;

const ATTRIBUTES = ['bold', 'dim', 'italic', 'underline', 'inverse', 'strike'] as const;
export type AnsiAttribute = (typeof ATTRIBUTES)[number];

const COLOUR_MASK = 0x1ff;
const BACKGROUND_SHIFT = 9;
const ATTRIBUTE_SHIFT = 18;

const SET: Readonly<Record<number, AnsiAttribute>> = {
  1: 'bold',
  2: 'dim',
  3: 'italic',
  4: 'underline',
  7: 'inverse',
  9: 'strike',
};
const UNSET: Readonly<Record<number, readonly AnsiAttribute[]>> = {
  22: ['bold', 'dim'],
  23: ['italic'],
  24: ['underline'],
  27: ['inverse'],
  29: ['strike'],
};

const bitOf = (attribute: AnsiAttribute): number => 1 << (ATTRIBUTE_SHIFT + ATTRIBUTES.indexOf(attribute));

/** Null: the default colour. */
export function foregroundOf(style: AnsiStyle): number | null {
  const field = style & COLOUR_MASK;
  return field === 0 ? null : field - 1;
}

export function backgroundOf(style: AnsiStyle): number | null {
  const field = (style >> BACKGROUND_SHIFT) & COLOUR_MASK;
  return field === 0 ? null : field - 1;
}

export function attributesOf(style: AnsiStyle): AnsiAttribute[] {
  return ATTRIBUTES.filter((attribute) => (style & bitOf(attribute)) !== 0);
}

function withForeground(style: AnsiStyle, colour: number | null): AnsiStyle {
  return (style & ~COLOUR_MASK) | (colour === null ? 0 : colour + 1);
}

function withBackground(style: AnsiStyle, colour: number | null): AnsiStyle {
  const field = colour === null ? 0 : colour + 1;
  return (style & ~(COLOUR_MASK << BACKGROUND_SHIFT)) | (field << BACKGROUND_SHIFT);
}

/** The nearest of the palette's cube of 6 by 6 by 6. */
function nearestColour(red: number, green: number, blue: number): number {
  const step = (value: number): number => Math.max(0, Math.min(5, Math.round((value / 255) * 5)));
  return 16 + 36 * step(red) + 6 * step(green) + step(blue);
}

/** Red, green, blue of a place in the palette from 16 on; the first 16 are the theme's. */
export function paletteColour(index: number): string {
  if (index >= 232) {
    const grey = 8 + (index - 232) * 10;
    return `rgb(${grey} ${grey} ${grey})`;
  }
  const channel = (value: number): number => (value === 0 ? 0 : 55 + value * 40);
  const place = index - 16;
  return `rgb(${channel(Math.floor(place / 36))} ${channel(Math.floor(place / 6) % 6)} ${channel(place % 6)})`;
}

/** After `ESC [ PARAMETERS m`. What is not known changes nothing. */
export function applyGraphics(style: AnsiStyle, parameters: string): AnsiStyle {
  const codes = parameters.split(/[;:]/u).map((part) => (part === '' ? 0 : Number(part)));
  let next = style;
  for (let index = 0; index < codes.length; index += 1) {
    const code = codes[index] ?? 0;
    const set = SET[code];
    if (code === 0) next = PLAIN;
    else if (set !== undefined) next |= bitOf(set);
    else if (UNSET[code]) for (const attribute of UNSET[code]) next &= ~bitOf(attribute);
    else if (code >= 30 && code <= 37) next = withForeground(next, code - 30);
    else if (code >= 90 && code <= 97) next = withForeground(next, code - 90 + 8);
    else if (code === 39) next = withForeground(next, null);
    else if (code >= 40 && code <= 47) next = withBackground(next, code - 40);
    else if (code >= 100 && code <= 107) next = withBackground(next, code - 100 + 8);
    else if (code === 49) next = withBackground(next, null);
    else if (code === 38 || code === 48) {
      const { colour, used } = extendedColour(codes.slice(index + 1));
      index += used;
      if (colour !== null) next = code === 38 ? withForeground(next, colour) : withBackground(next, colour);
    }
  }
  return next;
}

function extendedColour(rest: readonly number[]): { readonly colour: number | null; readonly used: number } {
  const [kind, first = 0, second = 0, third = 0] = rest;
  if (kind === 5) return { colour: first >= 0 && first <= 255 ? first : null, used: 2 };
  if (kind === 2) return { colour: nearestColour(first, second, third), used: 4 };
  return { colour: null, used: rest.length };
}
