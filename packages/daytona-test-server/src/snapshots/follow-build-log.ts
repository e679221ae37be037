import { once } from 'node:events';
import { Readable } from 'node:stream';
import type { HostedSnapshot } from './hosted-snapshot.ts';

/** The log of a build from its first line; where it is followed, until the build is over. */
export function followBuildLog(snapshot: HostedSnapshot, isFollowed: boolean): Readable {
  return Readable.from(linesOf(snapshot, isFollowed));
}

async function* linesOf(snapshot: HostedSnapshot, isFollowed: boolean): AsyncGenerator<string> {
  let sent = 0;
  for (;;) {
    const lines = snapshot.logLines.slice(sent);
    sent += lines.length;
    for (const line of lines) yield `${line}\n`;
    // More may have come while the lines were being sent.
    if (snapshot.logLines.length > sent) continue;
    if (!isFollowed || snapshot.isSettled) return;
    await once(snapshot, 'change');
  }
}
