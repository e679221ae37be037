import type { ProgramEnd } from './place.ts';
import { signalName } from './signal-name.ts';

const SIGNAL_OFFSET = 128;
const EXITED = /\bDone\b|\bExit \d/u;

/** Understands what the supervisor writes: `ready`, `ended CODE`, and the shell's own messages between them. */
export class StatusReader {
  #rest = '';
  #messages: string[] = [];

  /** Messages of the shell since the last end: why it failed, where it did. */
  get messages(): string {
    return [...this.#messages, this.#rest].join('\n').trim();
  }

  /** @returns what the new bytes complete, in order */
  read(chunk: Uint8Array): ('ready' | ProgramEnd)[] {
    const lines = (this.#rest + Buffer.from(chunk).toString('latin1')).split('\n');
    this.#rest = lines.pop() ?? '';
    return lines.flatMap((line): ('ready' | ProgramEnd)[] => {
      if (line === 'ready') return ['ready'];
      const code = /^ended (?<code>\d{1,3})$/u.exec(line)?.groups?.['code'];
      if (code !== undefined) return [this.#end(Number(code))];
      this.#messages.push(line);
      return [];
    });
  }

  #end(code: number): ProgramEnd {
    // `Killed` or `Broken pipe` for a signal; `Done(137)` or nothing for an exit code of that number.
    const wasSignal =
      code > SIGNAL_OFFSET &&
      this.#messages.some((message) => message.trim() !== '' && !EXITED.test(message));
    this.#messages = [];
    return wasSignal
      ? { exitCode: null, signal: signalName(code - SIGNAL_OFFSET) }
      : { exitCode: code, signal: null };
  }
}
