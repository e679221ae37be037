import { ServiceError } from '../http/service-error.ts';

/** The kernel's reason in a complaint of one of the system's programs, in the words of Go; never empty. */
export function reasonOf(complaint: string): string {
  const reason = complaint.trim().split(': ').at(-1)?.toLowerCase();
  return reason === undefined || reason === '' ? 'input/output error' : reason;
}

/** The refusal of an operation on a file, from what a program of the system wrote. */
export function fileError(operation: string, path: string, complaint: string): ServiceError {
  const reason = reasonOf(complaint);
  const message = `${operation} ${path}: ${reason}`;
  if (reason === 'no such file or directory') return new ServiceError(404, message, 'FILE_NOT_FOUND');
  if (reason === 'permission denied') return new ServiceError(403, message, 'FILE_ACCESS_DENIED');
  return new ServiceError(400, message, 'BAD_REQUEST');
}
