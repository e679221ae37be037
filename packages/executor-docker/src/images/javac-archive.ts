import type { EngineImage } from '../engine/engine.ts';

/** Names the archive of the compiler's own classes, in an image that has one. */
export const JAVAC_ARCHIVE_LABEL = 'dev.cloche.javac-archive';

/** With it the Java compiler starts in two thirds of the time: its classes are mapped, and not loaded one by one. */
export function withJavacArchive(argv: readonly string[], { labels }: EngineImage): readonly string[] {
  const [program = '', ...words] = argv;
  const archive = labels[JAVAC_ARCHIVE_LABEL];
  return program === 'javac' && archive !== undefined
    ? [program, `-J-XX:SharedArchiveFile=${archive}`, ...words]
    : argv;
}
