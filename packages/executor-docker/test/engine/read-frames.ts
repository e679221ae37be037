import type { Duplex } from 'node:stream';

/** What a container printed on each of its streams: frames of the stream's number, three zeros, the length and the bytes. */
export async function readFrames(stream: Duplex): Promise<{ stdout: string; stderr: string }> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  const texts = ['', '', ''];
  for (let start = 0; start < bytes.length;) {
    const end = start + 8 + bytes.readUInt32BE(start + 4);
    const number = bytes.readUInt8(start);
    texts[number] = (texts[number] ?? '') + bytes.toString('utf8', start + 8, end);
    start = end;
  }
  return { stdout: texts[1] ?? '', stderr: texts[2] ?? '' };
}
