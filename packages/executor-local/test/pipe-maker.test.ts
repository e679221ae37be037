import { closeSync, openSync, readdirSync, readSync, writeSync } from 'node:fs';
import type { Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ReservedPipes } from '../src/place/pipe-maker.ts';
import { PipeMaker } from '../src/place/pipe-maker.ts';
import { skipWithoutProc } from './skip-without-proc.ts';

const RESERVATIONS = 200;

describe('the maker of pipes', () => {
  let maker = new PipeMaker();

  beforeEach(skipWithoutProc);
  afterEach(async () => {
    await maker.close();
    maker = new PipeMaker();
  });

  test('serves 200 at once, each pipe works in both directions, and nothing is left', async () => {
    // What the first one loads and opens for good is not what this counts.
    const [warm] = await reserve(1);
    warm?.release();
    await maker.close();
    const before = openDescriptors();

    maker = new PipeMaker();
    const reserved = await reserve(RESERVATIONS);
    expect(reserved).toHaveLength(RESERVATIONS);
    for (const [number, pipes] of reserved.entries()) {
      expect(await sentByChild(pipes, `out ${number}`)).toBe(`out ${number}`);
      expect(await sentToChild(pipes, `in ${number}`)).toBe(`in ${number}`);
      pipes.release();
    }
    await maker.close();
    await expect.poll(openDescriptors, { timeout: 5000 }).toBe(before);
  });

  test('gives two pipes to two reservations, never one to both', async () => {
    const [one, other] = await reserve(2);
    if (one === undefined || other === undefined) throw new Error('no pipes');
    const first = one.fromChild();
    const second = other.fromChild();
    writeSync(first.childDescriptor, 'of the first');
    writeSync(second.childDescriptor, 'of the second');
    for (const { childDescriptor } of [first, second]) closeSync(childDescriptor);
    expect([await contentOf(first.socket), await contentOf(second.socket)]).toEqual([
      'of the first',
      'of the second',
    ]);
    for (const pipes of [one, other]) pipes.release();
  });

  test('ends a stream when its last writer is gone, and can be opened again by name until then', async () => {
    const [pipes] = await reserve(1);
    if (pipes === undefined) throw new Error('no pipes');
    const { socket, childDescriptor } = pipes.fromChild();
    const name = `/proc/self/fd/${childDescriptor}`;
    const again = openSync(name, 'w');
    closeSync(childDescriptor);
    writeSync(again, 'by name');
    closeSync(again);
    expect(await contentOf(socket)).toBe('by name');
    pipes.release();
  });

  test('close() gives back what was made and not used', async () => {
    const before = openDescriptors();
    const [pipes] = await reserve(1);
    expect(openDescriptors()).toBeGreaterThan(before);
    pipes?.release();
    await maker.close();
    await expect.poll(openDescriptors, { timeout: 5000 }).toBe(before);
  });

  function reserve(count: number): Promise<ReservedPipes[]> {
    return Promise.all(Array.from({ length: count }, () => maker.reserve(2)));
  }
});

function openDescriptors(): number {
  return readdirSync('/proc/self/fd').length;
}

async function sentByChild(pipes: ReservedPipes, text: string): Promise<string> {
  const { socket, childDescriptor } = pipes.fromChild();
  writeSync(childDescriptor, text);
  closeSync(childDescriptor);
  return contentOf(socket);
}

async function sentToChild(pipes: ReservedPipes, text: string): Promise<string> {
  const { socket, childDescriptor } = pipes.toChild();
  await new Promise<void>((resolve) => socket.end(text, resolve));
  socket.destroy();
  const content = Buffer.alloc(100);
  const length = readSync(childDescriptor, content);
  closeSync(childDescriptor);
  return content.toString('utf8', 0, length);
}

async function contentOf(socket: Socket): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
