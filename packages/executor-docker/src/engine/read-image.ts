import { NotAnEngineError } from './engine-failure.ts';
import type { EngineImage } from './engine.ts';

/** What an inspected image says, as far as it is used. */
interface ImageAnswer {
  readonly Id?: string;
  readonly RepoDigests?: readonly string[] | null;
  readonly Size?: number;
  readonly Architecture?: string;
  readonly Config?: {
    readonly Env?: readonly string[] | null;
    readonly Labels?: Readonly<Record<string, string>> | null;
    readonly Volumes?: Readonly<Record<string, unknown>> | null;
  } | null;
}

export function readImage(answer: object, reference: string): EngineImage {
  const { Id, RepoDigests, Size, Architecture, Config } = answer as ImageAnswer;
  if (Id === undefined) throw new NotAnEngineError('the answer is not an image');
  return {
    // Podman leaves the algorithm out.
    id: Id.includes(':') ? Id : `sha256:${Id}`,
    digest: chooseDigest(RepoDigests ?? [], reference),
    sizeBytes: Size ?? 0,
    environment: Config?.Env ?? [],
    labels: Config?.Labels ?? {},
    volumes: Object.keys(Config?.Volumes ?? {}),
    architecture: Architecture ?? 'unknown',
  };
}

/** The same content may come from several registries; the one that was asked for is named, where it is among them. */
function chooseDigest(digests: readonly string[], reference: string): string | null {
  // Podman makes up a digest for what was built here.
  const fromRegistry = digests.filter((digest) => !digest.startsWith('localhost/'));
  const repository = reference.replace(/@.*$/u, '').replace(/:[^/:]*$/u, '');
  return (
    fromRegistry.find((digest) => digest.replace(/@.*$/u, '').endsWith(repository)) ?? fromRegistry[0] ?? null
  );
}
