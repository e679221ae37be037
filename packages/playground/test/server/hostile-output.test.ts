import { describe, expect, test } from 'vitest';
import type { ResultInfo, RunEvent } from '../../src/index.ts';
import { artifactRoute, eventsRoute } from '../../src/index.ts';
import { PageClient, textOf } from './support/page-client.ts';
import { startServer } from './support/start-server.ts';

const MEBIBYTE = 1024 * 1024;

function resultOf(events: readonly RunEvent[]): ResultInfo {
  const last = events.at(-1);
  if (last?.type !== 'execution') throw new Error(`The last event is ${last?.type ?? 'missing'}.`);
  return last.result;
}

describe('output', () => {
  test('that is no text is shown as far as it is, and no character is torn', async () => {
    const { serving } = await startServer();
    const client = await PageClient.of(serving);
    const code = [
      'import sys, time',
      'for byte in "héllo 🌍".encode():',
      '    sys.stdout.buffer.write(bytes([byte])); sys.stdout.flush(); time.sleep(0.02)',
      String.raw`sys.stdout.buffer.write(b"\xff\xfe\x00\x1b[31m</script><script>alert(1)</script>\r\n\n\n" + bytes(range(256)))`,
    ].join('\n');
    const { id } = await client.python(code);
    const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
    expect(textOf(await client.events(id))).toBe(
      `héllo 🌍\uFFFD\uFFFD\u0000\u001B[31m</script><script>alert(1)</script>\r\n\n\n${new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)}`,
    );
  });

  test('of 50 MB arrives whole, in batches', async () => {
    const { serving } = await startServer();
    const client = await PageClient.of(serving);
    const { id } = await client.python(
      'import sys\nline = b"x" * 99 + b"\\n"\nfor _ in range(500):\n    sys.stdout.buffer.write(line * 1000)',
    );
    let characters = 0;
    let count = 0;
    for await (const { event } of client.follow(id)) {
      if (event.type !== 'stdout') continue;
      characters += event.text.length;
      count += 1;
      expect(event.bytesLeftOut).toBeUndefined();
    }
    expect(characters).toBe(50_000_000);
    expect(count).toBeLessThan(2000);
  });

  test('beyond what is kept is counted, its last bytes are there, and the program ends well', async () => {
    const { serving } = await startServer({ limits: { journalBytes: MEBIBYTE } });
    const client = await PageClient.of(serving);
    const { id } = await client.python(
      'import sys\nfor i in range(2000):\n    sys.stdout.write("0123456789" * 1000)\nsys.stdout.write("the end é")',
    );
    const events = await client.events(id);
    const text = textOf(events);
    const leftOut = events.reduce(
      (sum, event) => sum + (event.type === 'stdout' ? (event.bytesLeftOut ?? 0) : 0),
      0,
    );
    expect(text.endsWith('the end é')).toBe(true);
    expect(text.length).toBeLessThan(2 * MEBIBYTE);
    expect(leftOut + Buffer.byteLength(text)).toBe(20_000_010);
    expect(resultOf(events)).toMatchObject({ status: 'ok', phases: [{ stdoutBytes: 20_000_010 }] });
  });

  test('is not held up by a page that does not read, nor kept in memory for it', async () => {
    const { serving } = await startServer();
    const client = await PageClient.of(serving);
    const { id } = await client.python(
      'import sys\nline = b"y" * 99 + b"\\n"\nfor _ in range(400):\n    sys.stdout.buffer.write(line * 1000)',
    );
    // Headers alone: its body stays in the socket.
    const stalled = await client.fetch(eventsRoute(id));
    let peakBytes = 0;
    let characters = 0;
    for await (const { event } of client.follow(id)) {
      if (event.type === 'stdout') characters += event.text.length;
      peakBytes = Math.max(peakBytes, process.memoryUsage().arrayBuffers);
    }
    expect(characters).toBe(40_000_000);
    expect(peakBytes).toBeLessThan(64 * MEBIBYTE);
    await stalled.body?.cancel();
  });
});

describe('a file that a program wrote', () => {
  test('is a download of which a browser makes nothing, whatever it is', async () => {
    const { serving } = await startServer();
    const client = await PageClient.of(serving);
    const { id } = await client.python('open("page.html", "w").write("<script>alert(1)</script>")');
    const { artifacts } = resultOf(await client.events(id));
    expect(artifacts).toEqual([{ path: 'page.html', byteCount: 25, mediaType: 'text/html' }]);
    const answer = await client.fetch(artifactRoute(id, 'page.html'));
    expect(await answer.text()).toBe('<script>alert(1)</script>');
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': "attachment; filename*=UTF-8''page.html",
      'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
  });

  test('has any name, and none leads out of its run', async () => {
    const { serving } = await startServer();
    const client = await PageClient.of(serving);
    const names = ['a b/ü"\'\\;.txt', '%2e%2e', 'x\u202Ecod.exe', '__proto__', 'new\nline', '…%'];
    const code = `import os, json\nos.makedirs("a b")\nfor name in json.loads(${JSON.stringify(JSON.stringify(names))}):\n    open(name, "w").write(name)`;
    const { id } = await client.python(code);
    const { artifacts } = resultOf(await client.events(id));
    expect(artifacts.map(({ path }) => path).toSorted()).toEqual(names.toSorted());
    for (const name of names) {
      const answer = await client.fetch(artifactRoute(id, name));
      expect([name, answer.status, await answer.text()]).toEqual([name, 200, name]);
      expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename\*=UTF-8''[\w%.-]+$/u);
    }
    const outside = ['../../token-key', '/etc/passwd', '..', 'toString', 'a b'];
    for (const name of outside) expect((await client.fetch(artifactRoute(id, name))).status).toBe(404);
    expect((await client.fetch(`/api/runs/${id}/artifacts/%E0%A4%A`)).status).toBe(404);
  });

  test('is left out, and said to be, where there is no room for it', async () => {
    const { serving } = await startServer({ limits: { artifactBytes: MEBIBYTE } });
    const client = await PageClient.of(serving);
    const { id } = await client.python(
      'open("large", "wb").write(bytes(2 << 20))\nopen("small", "wb").write(bytes(1000))',
    );
    const { artifacts, omittedArtifacts } = resultOf(await client.events(id));
    expect(artifacts.map(({ path }) => path)).toEqual(['small']);
    expect(omittedArtifacts).toEqual([{ path: 'large', reason: 'too_large' }]);
  });
});
