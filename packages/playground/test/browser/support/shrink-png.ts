import { crc32, deflateSync, inflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const COLOURS = 256;

interface Picture {
  readonly width: number;
  readonly height: number;
  /** Red, green and blue of each point. */
  readonly points: Uint8Array;
}

/** With a palette of its most frequent colours: a page has few, and a repository keeps every picture for ever. */
export function shrinkPng(png: Buffer): Buffer {
  const { width, height, points } = decode(png);
  const counts = new Map<number, number>();
  for (let at = 0; at < points.length; at += 3) {
    const colour = colourAt(points, at);
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const palette = choosePalette(counts);
  const places = new Map(palette.map((colour, place) => [colour, place]));
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const colour = colourAt(points, (y * width + x) * 3);
      let place = places.get(colour);
      if (place === undefined) {
        place = nearest(palette, colour);
        places.set(colour, place);
      }
      rows[y * (width + 1) + 1 + x] = place;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3], 8);
  const colours = Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]));
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('PLTE', colours),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** The most frequent colour of each region of colours first, so that a small red dot stays red. */
function choosePalette(counts: ReadonlyMap<number, number>): number[] {
  const byCount = [...counts].toSorted((left, right) => right[1] - left[1]).map(([colour]) => colour);
  const regions = new Set<number>();
  const leaders = byCount.filter((colour) => {
    const region = colour & 0xe0e0e0;
    if (regions.has(region)) return false;
    regions.add(region);
    return true;
  });
  return [...new Set([...leaders.slice(0, COLOURS / 2), ...byCount])].slice(0, COLOURS);
}

const colourAt = (points: Uint8Array, at: number): number =>
  ((points[at] ?? 0) << 16) | ((points[at + 1] ?? 0) << 8) | (points[at + 2] ?? 0);

function nearest(palette: readonly number[], colour: number): number {
  let best = 0;
  let least = Infinity;
  for (const [place, known] of palette.entries()) {
    const red = (known >> 16) - (colour >> 16);
    const green = ((known >> 8) & 255) - ((colour >> 8) & 255);
    const blue = (known & 255) - (colour & 255);
    const distance = 2 * red * red + 4 * green * green + 3 * blue * blue;
    if (distance < least) [best, least] = [place, distance];
  }
  return best;
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

/** What a browser's screenshot is: 8 bits a channel, not interlaced, with or without an alpha channel. */
function decode(png: Buffer): Picture {
  const parts: Buffer[] = [];
  let width = 0;
  let height = 0;
  let channels = 3;
  for (let at = SIGNATURE.length; at < png.length;) {
    const length = png.readUInt32BE(at);
    const name = png.toString('latin1', at + 4, at + 8);
    const data = png.subarray(at + 8, at + 8 + length);
    if (name === 'IHDR') {
      width = data.readUInt32BE(0);
      height = data.readUInt32BE(4);
      channels = data[9] === 6 ? 4 : 3;
    } else if (name === 'IDAT') parts.push(data);
    at += length + 12;
  }
  return { width, height, points: unfilter(inflateSync(Buffer.concat(parts)), width, height, channels) };
}

function unfilter(raw: Buffer, width: number, height: number, channels: number): Uint8Array {
  const stride = width * channels;
  const lines = new Uint8Array(stride * height);
  const points = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    const filter = raw[y * (stride + 1)] ?? 0;
    for (let x = 0; x < stride; x += 1) {
      const left = x < channels ? 0 : (lines[y * stride + x - channels] ?? 0);
      const above = y === 0 ? 0 : (lines[(y - 1) * stride + x] ?? 0);
      const corner = y === 0 || x < channels ? 0 : (lines[(y - 1) * stride + x - channels] ?? 0);
      const guess = [0, left, above, (left + above) >> 1, paeth(left, above, corner)][filter] ?? 0;
      lines[y * stride + x] = (raw[y * (stride + 1) + 1 + x] ?? 0) + guess;
    }
    for (let x = 0; x < width; x += 1) {
      for (let channel = 0; channel < 3; channel += 1) {
        points[(y * width + x) * 3 + channel] = lines[y * stride + x * channels + channel] ?? 0;
      }
    }
  }
  return points;
}

function paeth(left: number, above: number, corner: number): number {
  const guess = left + above - corner;
  const [toLeft, toAbove, toCorner] = [left, above, corner].map((value) => Math.abs(guess - value));
  if ((toLeft ?? 0) <= (toAbove ?? 0) && (toLeft ?? 0) <= (toCorner ?? 0)) return left;
  return (toAbove ?? 0) <= (toCorner ?? 0) ? above : corner;
}
