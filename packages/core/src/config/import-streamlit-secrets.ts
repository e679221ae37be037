import type { LoadConfigInput } from './load-config.ts';
import type { ImportedSecrets } from './take-over-secrets.ts';

/**
 * Takes the `DAYTONA_…` values of the working directory's `.streamlit/secrets.toml` over into the
 * user's own file. Loads what reads TOML on first use.
 *
 * @throws ClocheError `ERR_CONFIG_INVALID` when there is nothing to take, or the user's file has one of them already
 */
export async function importStreamlitSecrets(
  input: Omit<LoadConfigInput, 'flags'>,
): Promise<ImportedSecrets> {
  const { takeOverSecrets } = await import('./take-over-secrets.ts');
  return takeOverSecrets(input);
}
