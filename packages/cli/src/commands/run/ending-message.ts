import type {
  EnforcedLimit,
  ExecutionLimits,
  ExecutionResult,
  LocalizedText,
  Phase,
} from '@cloche/core/executor';
import { formatBytes, formatSeconds } from '../../output/format-quantity.ts';

const PHASE_NAMES: Readonly<Record<Phase, LocalizedText>> = {
  install: { en: 'Installing', zh: '安装' },
  compile: { en: 'Compiling', zh: '编译' },
  run: { en: 'Execution', zh: '执行' },
};

const LIMIT_NAMES: Readonly<Record<EnforcedLimit, LocalizedText>> = {
  wall: { en: 'time', zh: '时间' },
  memory: { en: 'memory', zh: '内存' },
  cpu: { en: 'processors', zh: '处理器' },
  processes: { en: 'processes and threads', zh: '进程和线程' },
  scratch: { en: 'scratch space', zh: '临时空间' },
  openFiles: { en: 'open files', zh: '打开文件数' },
  output: { en: 'output', zh: '输出' },
};

/** What to say about an ending that the program did not choose; null for one that speaks for itself. */
export function endingMessage(result: ExecutionResult, limits: ExecutionLimits): LocalizedText | null {
  switch (result.status) {
    case 'timeout': {
      const phase = result.stoppedIn ?? 'run';
      const limitMs = timeoutOf(phase, limits);
      const seconds = formatSeconds(limitMs);
      return {
        en: `${PHASE_NAMES[phase].en} timed out (${seconds} s)`,
        zh: `${PHASE_NAMES[phase].zh}超时（${seconds}秒）`,
      };
    }
    case 'out_of_memory': {
      const size = formatBytes(limits.memoryBytes);
      return { en: `Out of memory: the limit is ${size}`, zh: `内存不足：上限为 ${size}` };
    }
    case 'limit': {
      if (result.limit === null) return { en: 'A limit was reached', zh: '已达到限制' };
      const name = LIMIT_NAMES[result.limit];
      const value = limitValue(result.limit, limits);
      return { en: `Limit reached: ${name.en} (${value})`, zh: `已达到限制：${name.zh}（${value}）` };
    }
    case 'runtime_error':
      return signalMessage(result.run?.signal ?? null, { en: 'The program', zh: '程序' });
    case 'compile_error':
      return signalMessage(result.compile?.signal ?? null, { en: 'The compiler', zh: '编译器' });
    case 'install_error':
      return signalMessage(result.install?.signal ?? null, { en: 'The installer', zh: '安装程序' });
    case 'cancelled':
      return { en: 'Cancelled', zh: '已取消' };
    case 'ok':
      return null;
  }
}

function signalMessage(signal: string | null, who: LocalizedText): LocalizedText | null {
  if (signal === null) return null;
  return { en: `${who.en} was ended by ${signal}`, zh: `${who.zh}被信号 ${signal} 终止` };
}

function timeoutOf(phase: Phase, limits: ExecutionLimits): number {
  if (phase === 'install') return limits.installTimeoutMs;
  return phase === 'compile' ? limits.compileTimeoutMs : limits.runTimeoutMs;
}

function limitValue(limit: EnforcedLimit, limits: ExecutionLimits): string {
  const values: Readonly<Record<EnforcedLimit, string>> = {
    wall: `${formatSeconds(limits.runTimeoutMs)} s`,
    memory: formatBytes(limits.memoryBytes),
    cpu: String(limits.cpuCount),
    processes: String(limits.processCount),
    scratch: formatBytes(limits.scratchBytes),
    openFiles: String(limits.openFileCount),
    output: formatBytes(limits.outputBytes),
  };
  return values[limit];
}
