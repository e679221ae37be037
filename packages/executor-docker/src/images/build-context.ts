import { buffer } from 'node:stream/consumers';
import { pack } from 'tar-stream';

/** The context of a build that needs its Dockerfile and nothing else, in tar form. The same each time. */
export async function buildContext(dockerfile: string): Promise<Uint8Array> {
  const archive = pack();
  archive.entry({ name: 'Dockerfile', mode: 0o644, mtime: new Date(0) }, dockerfile);
  archive.finalize();
  return buffer(archive);
}
