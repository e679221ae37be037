import { access } from 'node:fs/promises';
import type { ExecutorHost, LocalizedText, Unavailability } from '@cloche/core/executor';
import type { SandboxMode } from '../options.ts';
import { noSandbox } from './no-sandbox.ts';
import { probeBubblewrap } from './probe-bubblewrap.ts';
import type { Sandbox, SandboxProbe } from './sandbox.ts';
import { SANDBOX_EXEC, seatbelt } from './seatbelt.ts';

export type SandboxChoice = { readonly available: true; readonly sandbox: Sandbox } | Unavailability;

/** The sandbox for this machine and this mode. Unavailable only where one is required and none works. */
export async function chooseSandbox(mode: SandboxMode, host: ExecutorHost): Promise<SandboxChoice> {
  if (mode === 'off') return { available: true, sandbox: noSandbox([switchedOff()]) };
  const probe = await probePlatform(host);
  if (probe.works) return { available: true, sandbox: probe.sandbox };
  if (mode === 'auto') return { available: true, sandbox: noSandbox([probe.why.reason, probe.why.hint]) };
  return {
    ...probe.why,
    code: 'ERR_EXECUTOR_UNAVAILABLE',
    reason: {
      en: `A sandbox is required (local.sandbox) and none works here. ${probe.why.reason.en}`,
      zh: `配置要求使用沙箱（local.sandbox），但此处没有可用的沙箱。${probe.why.reason.zh}`,
    },
  };
}

async function probePlatform(host: ExecutorHost): Promise<SandboxProbe> {
  if (host.platform === 'linux') return probeBubblewrap(host);
  if (host.platform === 'darwin') {
    const isThere = await access(SANDBOX_EXEC).then(
      () => true,
      () => false,
    );
    if (isThere) return { works: true, sandbox: seatbelt() };
  }
  return {
    works: false,
    why: {
      available: false,
      code: 'ERR_CAPABILITY_UNSUPPORTED',
      reason: {
        en: `There is no sandbox for local programs on ${host.platform}.`,
        zh: `${host.platform} 上没有可用于本地程序的沙箱。`,
      },
      hint: {
        en: 'Use Docker, or run Cloche inside WSL 2, where bubblewrap works.',
        zh: '请使用 Docker，或在支持 bubblewrap 的 WSL 2 中运行 Cloche。',
      },
      fix: host.platform === 'win32' ? ['wsl --install'] : [],
    },
  };
}

function switchedOff(): LocalizedText {
  return {
    en: 'The sandbox is switched off (local.sandbox = "off").',
    zh: '沙箱已关闭（local.sandbox = "off"）。',
  };
}
