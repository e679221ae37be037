import { STATUS_CODES } from 'node:http';

export interface ControlErrorBody {
  readonly path: string;
  readonly timestamp: string;
  readonly statusCode: number;
  readonly error: string;
  readonly message: string;
}

/** @param url path and query of the request */
export function controlErrorBody(status: number, message: string, url: string): ControlErrorBody {
  return {
    path: url,
    timestamp: new Date().toISOString(),
    statusCode: status,
    error: STATUS_CODES[status] ?? 'Error',
    message,
  };
}
