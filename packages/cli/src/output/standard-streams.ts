const watched = new WeakSet<NodeJS.WriteStream>();

/** Opened on first use: each costs a millisecond or two of the start. */
export function standardOutput(): NodeJS.WriteStream {
  return withErrorListener(process.stdout);
}

export function standardError(): NodeJS.WriteStream {
  return withErrorListener(process.stderr);
}

/** Without a listener a reader that went away (`| head`, a closed terminal) would end us with a stack trace. */
function withErrorListener(stream: NodeJS.WriteStream): NodeJS.WriteStream {
  if (!watched.has(stream)) {
    watched.add(stream);
    stream.on('error', () => undefined);
  }
  return stream;
}
