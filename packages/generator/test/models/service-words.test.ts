import { startModelServer } from '@cloche/model-test-server';
import { expect, test } from 'vitest';
import { COMPATIBLE_SERVICE_FAILURES } from './support/compatible-service-failures.ts';
import { LOCAL_SERVER_FAILURES } from './support/local-server-failures.ts';
import { OWN_SERVICE_FAILURES } from './support/own-service-failures.ts';
import { failToWrite, resolvedAt } from './support/test-models.ts';

test.each([...LOCAL_SERVER_FAILURES, ...COMPATIBLE_SERVICE_FAILURES, ...OWN_SERVICE_FAILURES])(
  '$service: $status comes to “$comesTo”',
  async ({ status, body, comesTo, provider = 'compatible' }) => {
    await using server = await startModelServer();
    server.script([{ status, body }]);
    const { error } = await failToWrite(resolvedAt(server, provider));
    expect(error.message).toContain(comesTo);
  },
);
