import type { ConfigKey } from './config-key.ts';

/** A key, and the endpoint that it is sent to: they are taken from one place, or a key would go to a stranger. */
export interface CredentialPair {
  readonly credential: ConfigKey;
  readonly endpoint: ConfigKey;
}

export const CREDENTIAL_PAIRS: readonly CredentialPair[] = [
  { credential: 'daytona.apiKey', endpoint: 'daytona.apiUrl' },
  { credential: 'generator.apiKey', endpoint: 'generator.baseUrl' },
];
