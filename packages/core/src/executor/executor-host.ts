import type { OwnerIdentity } from './owner-identity.ts';

/** Never receives program text, output, environment values or secrets. Writes to stderr, if anywhere. */
export interface Logger {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

export type LogFields = Readonly<Record<string, string | number | boolean | null>>;

export type TypeScriptTransform =
  | {
      readonly ok: true;
      readonly code: string;
      /** Lines or columns moved, so the code ends in an inline source map that Node.js needs `--enable-source-maps` for. */
      readonly needsSourceMap: boolean;
    }
  /** `message` reads like a compiler's: file, line, column, what is wrong, the line itself. */
  | { readonly ok: false; readonly message: string };

/** What core gives to an executor when it is created. */
export interface ExecutorHost {
  readonly logger: Logger;
  readonly owner: OwnerIdentity;
  /** This process's environment, for finding tools and engines. Nothing of it may reach a program by itself. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The `PATH`-like list of directories on which programs are looked up is read from `environment`. */
  readonly platform: NodeJS.Platform;
  /**
   * A directory of this user alone (mode 0700, ownership checked), made on first use.
   * `cache` may be deleted at any time; `state` records what must be cleaned up after a crash.
   *
   * @throws ClocheError `ERR_CONFIG_INVALID` when the directory belongs to somebody else or cannot be made private.
   */
  privateDirectory(kind: 'cache' | 'state', name: string): Promise<string>;
  /** The same on every executor: types, enums, namespaces and parameter properties become JavaScript. */
  transformTypeScript(source: { readonly path: string; readonly text: string }): Promise<TypeScriptTransform>;
}
