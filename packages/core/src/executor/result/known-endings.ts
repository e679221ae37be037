import type { EnforcedLimit } from '../limits/limit-support.ts';
import type { LocalizedText } from '../localized-text.ts';
import type { NetworkPolicy } from '../plan/execution-request.ts';
import type { CapturedOutput } from './captured-output.ts';
import { outputText } from './captured-output.ts';
import type { ExecutionStatus, PhaseResult } from './execution-result.ts';

export interface Ending {
  readonly status: ExecutionStatus;
  readonly limit: EnforcedLimit | null;
  readonly result: PhaseResult;
  readonly network: NetworkPolicy;
}

interface KnownEnding {
  readonly applies: (ending: Ending, stderr: string) => boolean;
  readonly hint: LocalizedText;
}

const EDGE_BYTES = 64 * 1024;

const NETWORK_FAILURE =
  /Temporary failure in name resolution|getaddrinfo|EAI_AGAIN|ENETUNREACH|Network is unreachable|UnknownHostException|Could not resolve host|no such host|dial tcp/u;

/** In this order; the first that applies is told. */
const KNOWN_ENDINGS: readonly KnownEnding[] = [
  {
    applies: ({ status }) => status === 'timeout',
    hint: {
      en: 'Look for an endless loop or a read from standard input, shorten the program, raise the limit with --timeout 300s, or try another executor, such as local or docker.',
      zh: '请检查是否有死循环或等待标准输入，缩短程序，用 --timeout 300s 提高限制，或尝试其他执行器，例如 local 或 docker。',
      withoutFlags: {
        en: 'Look for an endless loop or a read from standard input, or do less in one run. Only the person who runs this server can raise the limit, with CLOCHE_TIMEOUT=300s.',
        zh: '请检查是否有死循环或等待标准输入，或减少单次运行的工作量。只有服务器的使用者可以用 CLOCHE_TIMEOUT=300s 提高限制。',
      },
    },
  },
  {
    applies: ({ status }) => status === 'out_of_memory',
    hint: {
      en: 'The program needed more memory than it may have. Process the data in parts, or raise the limit with --memory 2GiB.',
      zh: '程序所需内存超过上限。请分批处理数据，或用 --memory 2GiB 提高限制。',
      withoutFlags: {
        en: 'The program needed more memory than it may have. Process the data in parts. Only the person who runs this server can raise the limit, with CLOCHE_MEMORY=2GiB.',
        zh: '程序所需内存超过上限。请分批处理数据。只有服务器的使用者可以用 CLOCHE_MEMORY=2GiB 提高限制。',
      },
    },
  },
  {
    applies: ({ status, limit }) => status === 'limit' && limit === 'processes',
    hint: {
      en: 'The program started more processes and threads than it may have. Use fewer at a time, or raise the limit with --processes 1024.',
      zh: '程序启动的进程和线程超过上限。请减少并发数量，或用 --processes 1024 提高限制。',
      withoutFlags: {
        en: 'The program started more processes and threads than it may have. Use fewer at a time. Only the person who runs this server can raise the limit, with CLOCHE_PROCESSES=1024.',
        zh: '程序启动的进程和线程超过上限。请减少并发数量。只有服务器的使用者可以用 CLOCHE_PROCESSES=1024 提高限制。',
      },
    },
  },
  {
    applies: ({ status, limit }) => status === 'limit' && limit === 'scratch',
    hint: {
      en: 'The scratch space is full. Write less, or raise the limit with --scratch 1GiB.',
      zh: '临时空间已满。请减少写入，或用 --scratch 1GiB 提高限制。',
      withoutFlags: {
        en: 'The scratch space is full. Write less. Only the person who runs this server can raise the limit, with CLOCHE_SCRATCH=1GiB.',
        zh: '临时空间已满。请减少写入。只有服务器的使用者可以用 CLOCHE_SCRATCH=1GiB 提高限制。',
      },
    },
  },
  {
    applies: ({ status }, stderr) =>
      status === 'runtime_error' &&
      /java\.lang\.OutOfMemoryError|JavaScript heap out of memory|^MemoryError|std::bad_alloc|memory allocation of \d+ bytes failed|fatal error: runtime: out of memory/mu.test(
        stderr,
      ),
    hint: {
      en: 'The program ran out of memory by its own account. Process the data in parts, or raise the limit with --memory 2GiB.',
      zh: '程序自行报告内存不足。请分批处理数据，或用 --memory 2GiB 提高限制。',
      withoutFlags: {
        en: 'The program ran out of memory by its own account. Process the data in parts. Only the person who runs this server can raise the limit, with CLOCHE_MEMORY=2GiB.',
        zh: '程序自行报告内存不足。请分批处理数据。只有服务器的使用者可以用 CLOCHE_MEMORY=2GiB 提高限制。',
      },
    },
  },
  {
    applies: ({ network }, stderr) => network === 'none' && NETWORK_FAILURE.test(stderr),
    hint: {
      en: 'The program has no network. Allow it with --network full, if you trust the program.',
      zh: '程序没有网络。如果信任该程序，可用 --network full 允许联网。',
      withoutFlags: {
        en: 'The program has no network. Do without it, or hand over what it needs as files. Only the person who runs this server can allow it, with CLOCHE_NETWORK=full.',
        zh: '程序没有网络。请不使用网络，或将所需内容作为 files 传入。只有服务器的使用者可以用 CLOCHE_NETWORK=full 允许联网。',
      },
    },
  },
  {
    applies: (_, stderr) =>
      /^EOFError|EOF when reading a line|NoSuchElementException: No line found/mu.test(stderr),
    hint: {
      en: 'The program reads standard input, and there is none left. Give it with --stdin FILE or through a pipe.',
      zh: '程序读取标准输入，但没有更多内容。请用 --stdin FILE 或管道提供输入。',
      withoutFlags: {
        en: 'The program reads standard input, and there is none left. Give all of it with the run, as stdin.',
        zh: '程序读取标准输入，但没有更多内容。请随运行通过 stdin 提供全部输入。',
      },
    },
  },
  {
    applies: (_, stderr) =>
      /^ModuleNotFoundError|ERR_MODULE_NOT_FOUND|Cannot find module|can't find crate|cannot find package|no required module provides/mu.test(
        stderr,
      ),
    hint: {
      en: 'A package that the program needs is not there. Only the standard library can be counted on; pass further files with --file.',
      zh: '缺少程序所需的包。只能依赖标准库；其他文件请用 --file 传入。',
      withoutFlags: {
        en: 'A package that the program needs is not there. Only the standard library can be counted on; pass modules of your own as files.',
        zh: '缺少程序所需的包。只能依赖标准库；自己的模块请作为 files 传入。',
      },
    },
  },
  {
    applies: (_, stderr) => /No space left on device|ENOSPC/u.test(stderr),
    hint: {
      en: 'The scratch space is full. Write less, or raise the limit with --scratch 1GiB.',
      zh: '临时空间已满。请减少写入，或用 --scratch 1GiB 提高限制。',
      withoutFlags: {
        en: 'The scratch space is full. Write less. Only the person who runs this server can raise the limit, with CLOCHE_SCRATCH=1GiB.',
        zh: '临时空间已满。请减少写入。只有服务器的使用者可以用 CLOCHE_SCRATCH=1GiB 提高限制。',
      },
    },
  },
  {
    applies: ({ result }) => result.signal === 'SIGSEGV' || result.signal === 'SIGBUS',
    hint: {
      en: 'The program touched memory that is not its own: a bad pointer, an index out of bounds, or endless recursion.',
      zh: '程序访问了非法内存：空指针、数组越界或无限递归。',
    },
  },
];

/** What a person can do about this ending, for the known ones; null otherwise, and where the caller wanted it so. */
export function hintFor(ending: Ending): LocalizedText | null {
  if (ending.status === 'cancelled') return null;
  const stderr = outputText(edges(ending.result.stderr));
  return KNOWN_ENDINGS.find((known) => known.applies(ending, stderr))?.hint ?? null;
}

/** Beginning and end: what a program dies of stands there, and a cap of a gibibyte is no string. */
function edges(output: CapturedOutput): CapturedOutput {
  const whole = output.head.length + output.tail.length;
  if (whole <= 2 * EDGE_BYTES) return output;
  const end = output.tail.length > 0 ? output.tail : output.head;
  return {
    ...output,
    head: output.head.subarray(0, EDGE_BYTES),
    tail: end.subarray(-EDGE_BYTES),
    truncated: true,
  };
}
