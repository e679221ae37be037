import type { RequestId } from '@modelcontextprotocol/server';

/** What a posted body holds, as far as the sessions have to know: the SDK checks the rest. */
export interface PostedMessages {
  readonly requestIds: readonly RequestId[];
  readonly cancelledIds: readonly RequestId[];
  readonly isInitialization: boolean;
}

interface LooseMessage {
  readonly method?: unknown;
  readonly id?: unknown;
  readonly params?: { readonly requestId?: unknown } | null;
}

export function postedMessages(body: unknown): PostedMessages {
  const messages = (Array.isArray(body) ? body : [body]).filter(isObject);
  const requests = messages.filter(({ method }) => typeof method === 'string');
  return {
    requestIds: requests.map(({ id }) => id).filter(isRequestId),
    cancelledIds: requests
      .filter(({ method }) => method === 'notifications/cancelled')
      .map(({ params }) => params?.requestId)
      .filter(isRequestId),
    isInitialization: requests.some(({ method }) => method === 'initialize'),
  };
}

function isObject(value: unknown): value is LooseMessage {
  return typeof value === 'object' && value !== null;
}

function isRequestId(value: unknown): value is RequestId {
  return typeof value === 'string' || typeof value === 'number';
}
