import { expect, test } from 'vitest';
import { FileReceiver, packFiles } from '../src/index.ts';

test('a packed file is told from what it was before', async () => {
  const content = Buffer.from('given');
  const given = { directory: 'work', path: 'a/b', content, executable: true } as const;
  const archive = await packFiles([given], 1024);
  expect(archive.length % 1024).toBe(0);
  const read = async (known: Buffer): Promise<readonly string[]> => {
    const receiver = new FileReceiver([{ ...given, content: known }], {
      bytes: 1000,
      count: 10,
      scratchBytes: 100_000,
    });
    receiver.push(archive);
    return (await receiver.finish()).files.map((file) => `${file.path} ${file.executable}`);
  };
  expect(await read(content)).toEqual([]);
  expect(await read(Buffer.from('other'))).toEqual(['a/b true']);
});
