import type { ApiKeyList, ApiKeyListPermissionsEnum, DaytonaConfiguration } from '@daytona/api-client';
import { answerJson } from '../http/answer.ts';
import type { Route } from '../http/route.ts';
import { ORGANIZATION_ID } from '../sandboxes/describe-sandbox.ts';
import type { WithNulls } from '../sandboxes/with-nulls.ts';
import { DEFAULT_SNAPSHOT } from '../snapshots/snapshot-registry.ts';

export interface Account {
  readonly apiKey: string;
  readonly permissions: readonly string[];
  readonly toolboxProxyUrl: string;
}

export function accountRoutes(account: Account): Route[] {
  const createdAt = new Date();
  return [
    {
      operation: 'getCurrentApiKey',
      method: 'GET',
      pattern: '/api/api-keys/current',
      permission: null,
      handle: () =>
        answerJson({
          name: 'test-key',
          value: `${account.apiKey.slice(0, 3)}********************${account.apiKey.slice(-3)}`,
          createdAt,
          permissions: account.permissions as ApiKeyListPermissionsEnum[],
          lastUsedAt: new Date(),
          expiresAt: null,
          userId: 'test-user',
          organizationId: ORGANIZATION_ID,
        } satisfies ApiKeyList),
    },
    {
      operation: 'getConfig',
      method: 'GET',
      pattern: '/api/config',
      permission: null,
      handle: () =>
        answerJson({
          version: '0.218.0',
          oidc: {
            issuer: 'http://127.0.0.1/oidc',
            clientId: 'daytona',
            audience: 'daytona',
            provider: 'auth0',
          },
          linkedAccountsEnabled: false,
          announcements: {},
          proxyTemplateUrl: account.toolboxProxyUrl.replace('/toolbox', '/{{PORT}}-{{sandboxId}}'),
          proxyToolboxUrl: account.toolboxProxyUrl,
          defaultSnapshot: DEFAULT_SNAPSHOT,
          dashboardUrl: account.toolboxProxyUrl.replace('/toolbox', '/dashboard'),
          maxAutoArchiveInterval: 43_200,
          maintananceMode: false,
          environment: 'test',
        } satisfies WithNulls<DaytonaConfiguration>),
    },
  ];
}
