import type { ErrorResponse } from '@daytona/toolbox-api-client';
import { STATUS_CODES } from 'node:http';
import type { ServiceError } from '../http/service-error.ts';

/** As the daemon and the proxy before it write it; they know more codes than are published. */
export function toolboxErrorBody(
  error: Pick<ServiceError, 'status' | 'message' | 'code'>,
  method: string,
  path: string,
): Omit<ErrorResponse, 'code'> & { readonly code: string } {
  return {
    statusCode: error.status,
    message: error.message,
    code: error.code ?? codeOf(error.status),
    timestamp: new Date().toISOString(),
    path,
    method,
  };
}

function codeOf(status: number): string {
  return (STATUS_CODES[status] ?? 'unknown').toUpperCase().replaceAll(/[^A-Z]+/g, '_');
}
