import { existsSync } from 'node:fs';
import path from 'node:path';

/** Where a machine has Go's standard library compiled, as a snapshot with toolchains has it. */
export const GO_LIBRARY_MOUNT_POINT = '/opt/go-build';

/** On this computer. */
export const GO_LIBRARY_DIRECTORY: string = path.join(
  import.meta.dirname,
  '../../../../node_modules/.cache/cloche/daytona-go-build',
);

/** Null where it was never prepared. */
export function goLibrary(): string | null {
  return existsSync(GO_LIBRARY_DIRECTORY) ? GO_LIBRARY_DIRECTORY : null;
}
