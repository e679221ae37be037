import { serviceFailure } from './service/service-failure.ts';

/**
 * What `work` brings, unless it takes longer than `timeoutMs`. The work goes on then, since the SDK has no way to end
 * it, and what becomes of it is of no account.
 *
 * @throws ServiceFailure of kind `silence`; what `work` rejects with
 */
export async function bounded<Value>(work: Promise<Value>, timeoutMs: number): Promise<Value> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    reject(serviceFailure('silence', `no answer within ${timeoutMs / 1000} s`));
  }, timeoutMs);
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    work.catch(() => undefined);
  }
}
