import type { ExecuteRequest } from '@daytona/toolbox-api-client';
import { ServiceError } from '../http/service-error.ts';

const VARIABLE_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
const LARGEST_TIMEOUT = 2 ** 32 - 1;

/**
 * @param body the parsed body, or the error of its parser
 * @throws ServiceError 400
 */
export function parseExecuteRequest(body: unknown): ExecuteRequest {
  if (typeof body !== 'object' || body === null || body instanceof Error) {
    throw badRequest(`invalid request body: ${body instanceof Error ? body.message : 'EOF'}`);
  }
  const { command, cwd, envs, timeout } = body as Readonly<Record<string, unknown>>;
  if (typeof command !== 'string' || !isOptional(cwd, 'string') || !isOptional(envs, 'object')) {
    throw badRequest('invalid request body: json: cannot unmarshal value into Go struct');
  }
  if (!isOptional(timeout, 'number') || !isTimeout(timeout as number | null | undefined)) {
    throw badRequest(
      `invalid request body: json: cannot unmarshal number ${String(timeout)} into Go struct field ExecuteRequest.timeout of type uint32`,
    );
  }
  if (command.trim() === '') throw badRequest('command cannot be empty or whitespace-only');
  const request = body as ExecuteRequest;
  for (const name of Object.keys(request.envs ?? {})) {
    if (!VARIABLE_NAME.test(name)) throw badRequest(`invalid environment variable name: '${name}'`);
  }
  return request;
}

function isOptional(value: unknown, type: 'string' | 'object' | 'number'): boolean {
  return value === undefined || value === null || typeof value === type;
}

function isTimeout(seconds: number | null | undefined): boolean {
  return (
    seconds === undefined ||
    seconds === null ||
    (Number.isInteger(seconds) && seconds >= 0 && seconds <= LARGEST_TIMEOUT)
  );
}

function badRequest(message: string): ServiceError {
  return new ServiceError(400, `bad request: ${message}`, 'BAD_REQUEST');
}
