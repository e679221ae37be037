import { expect, test } from 'vitest';
import { RequestAdmission } from '../../src/http/admission/request-admission.ts';
import { DEFAULT_HTTP_LIMITS } from '../../src/http/http-limits.ts';
import type { RequestRefused } from '../../src/http/exchange/request-refused.ts';

const LIMITS = { ...DEFAULT_HTTP_LIMITS, callsPerClient: 1, calls: 2 };

function refusalOf(admit: () => unknown): string {
  try {
    admit();
  } catch (error) {
    return (error as RequestRefused).message;
  }
  return 'admitted';
}

test('whoever sends too many requests at once is not told of calls', () => {
  const admission = new RequestAdmission(LIMITS);
  admission.admitReading('ada');
  expect(refusalOf(() => admission.admitReading('ada'))).toMatch(/^This client sends 1 requests? at once/u);
  admission.admitReading('bob');
  expect(refusalOf(() => admission.admitReading('eve'))).toMatch(/busy with the requests/u);
  admission.admitCalls('ada', 1);
  expect(refusalOf(() => admission.admitCalls('ada', 1))).toMatch(/^This client has 1 calls? in flight/u);
});
