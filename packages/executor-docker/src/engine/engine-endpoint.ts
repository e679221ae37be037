/** One place at which an engine may answer. */
export interface EngineEndpoint {
  /** As a person writes it: `unix:///var/run/docker.sock`, `tcp://build:2376`, `ssh://me@build`. */
  readonly address: string;
  /** Who named it: `DOCKER_HOST`, `context colima`, `Docker Desktop`. */
  readonly origin: string;
  /** Somebody asked for this one, so nothing else may take its place. */
  readonly isExplicit: boolean;
  readonly transport: EndpointTransport;
}

export type EndpointTransport =
  /** A Unix socket, or a named pipe of Windows. */
  | { readonly kind: 'socket'; readonly path: string }
  | {
      readonly kind: 'tcp';
      readonly host: string;
      readonly port: number;
      /** Put before every path of the API; empty, or without a slash at its end. */
      readonly pathPrefix: string;
      /** Null: plain text. */
      readonly tls: TlsMaterial | null;
    }
  | {
      readonly kind: 'ssh';
      readonly host: string;
      readonly user: string | null;
      readonly port: number | null;
      /** The engine's socket over there. Null: what `docker` finds there. */
      readonly socketPath: string | null;
    };

export interface TlsMaterial {
  /** Null: the authorities that Node.js trusts. */
  readonly authority: Buffer | null;
  readonly certificate: Buffer | null;
  readonly key: Buffer | null;
  /** False only where the context says `SkipTLSVerify`. */
  readonly isVerified: boolean;
}
