import packageJson from '../package.json' with { type: 'json' };

/** Version of this package. */
export function executorVersion(): string {
  return packageJson.version;
}
