import type { SandboxFile } from './sandbox-file.ts';

const FILE_MODE = 0o644;
const EXECUTABLE_MODE = 0o755;

/**
 * What a compiled program that is run again comes to. It is this package's own, the same object each time; what came in
 * a plan is its caller's, who may write other bytes into it.
 */
const packedPrograms = new WeakMap<Uint8Array, { readonly name: string; readonly archive: Buffer }>();

/** The files as a tar stream whose length is a multiple of `blockBytes`, for a reader that takes whole blocks. */
export async function packFiles(files: readonly SandboxFile[], blockBytes: number): Promise<Buffer> {
  const [single] = files.length === 1 ? files : [];
  if (single?.directory !== 'build') return pack(files, blockBytes);
  const name = `${single.directory}/${single.path} ${single.executable} ${blockBytes}`;
  const known = packedPrograms.get(single.content);
  if (known?.name === name) return known.archive;
  const archive = await pack(files, blockBytes);
  packedPrograms.set(single.content, { name, archive });
  return archive;
}

async function pack(files: readonly SandboxFile[], blockBytes: number): Promise<Buffer> {
  const { pack: createPack } = await import('tar-stream');
  const archive = createPack();
  const chunks: Buffer[] = [];
  const packed = (async () => {
    for await (const chunk of archive) chunks.push(chunk as Buffer);
  })();
  // Programs may have their work directories empty: without this one an archive of nothing would be no archive.
  archive.entry({ name: 'work/', type: 'directory', mode: EXECUTABLE_MODE });
  for (const { directory, path, content, executable } of files) {
    const mode = executable ? EXECUTABLE_MODE : FILE_MODE;
    archive.entry({ name: `${directory}/${path}`, mode }, Buffer.from(content));
  }
  archive.finalize();
  await packed;
  const length = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  return Buffer.concat(chunks, Math.ceil(length / blockBytes) * blockBytes);
}
