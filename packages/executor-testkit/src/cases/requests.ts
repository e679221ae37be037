import type { ExecutionRequest } from '@cloche/core/executor';

type Rest = Omit<ExecutionRequest, 'language' | 'code'>;

/** Cases about anything but languages are written in Python or Bash, which start fastest. */
export function python(code: string, rest: Rest = {}): ExecutionRequest {
  return { language: 'python', code, ...rest };
}

export function bash(code: string, rest: Rest = {}): ExecutionRequest {
  return { language: 'bash', code, ...rest };
}
