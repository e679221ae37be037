import { createHash } from 'node:crypto';
import type { SandboxFile } from '@cloche/sandbox-agent';

const CHECK_BYTES = 32;
const LENGTH_BYTES = 4;

interface Row {
  readonly directory: SandboxFile['directory'];
  readonly path: string;
  readonly executable: boolean;
  readonly length: number;
}

/** Files as one run of bytes: a check sum, the length of a table, the table, the contents. */
export function encodeFiles(files: readonly SandboxFile[]): Buffer {
  const rows = files.map(({ directory, path, executable, content }): Row => ({
    directory,
    path,
    executable,
    length: content.length,
  }));
  const table = Buffer.from(JSON.stringify(rows));
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32LE(table.length);
  const body = Buffer.concat([length, table, ...files.map(({ content }) => content)]);
  return Buffer.concat([checkSum(body), body]);
}

/** Null for bytes that are not what {@link encodeFiles} wrote. */
export function decodeFiles(bytes: Buffer): readonly SandboxFile[] | null {
  const body = bytes.subarray(CHECK_BYTES);
  if (body.length < LENGTH_BYTES || !checkSum(body).equals(bytes.subarray(0, CHECK_BYTES))) return null;
  const tableEnd = LENGTH_BYTES + body.readUInt32LE();
  // It is whole, so it is what was written.
  const rows = JSON.parse(body.toString('utf8', LENGTH_BYTES, tableEnd)) as readonly Row[];
  let position = tableEnd;
  return rows.map(({ directory, path, executable, length }) => {
    const content = body.subarray(position, position + length);
    position += length;
    return { directory, path, executable, content };
  });
}

function checkSum(body: Buffer): Buffer {
  return createHash('sha256').update(body).digest();
}
