import type { LocalizedText } from '@cloche/core/executor';
import { ClocheError } from '@cloche/core/executor';
import { DEFAULT_API_URL } from '../options.ts';
import type { FailureKind, ServiceFailure } from './service-failure.ts';

const CONSOLE = 'https://app.daytona.io/dashboard';

/** What to do about each, in the order in which it is most likely to help. */
export const FAILURE_HINTS: Readonly<Record<FailureKind, LocalizedText>> = {
  key: {
    en: `Check DAYTONA_API_KEY: it may be mistyped, expired or of another organization. Keys are made at ${CONSOLE}/keys`,
    zh: `请检查 DAYTONA_API_KEY：可能输入有误、已过期或属于其他组织。密钥在 ${CONSOLE}/keys 创建`,
  },
  permission: {
    en: `The key needs the permissions write:sandboxes and delete:sandboxes. Make one that has them at ${CONSOLE}/keys, and check the balance of the organization.`,
    zh: `密钥需要 write:sandboxes 和 delete:sandboxes 权限。请在 ${CONSOLE}/keys 创建具有这些权限的密钥，并检查组织余额。`,
  },
  balance: {
    en: `Check the balance at ${CONSOLE}/billing/wallet, or use another executor: --executor docker, --executor local`,
    zh: `请在 ${CONSOLE}/billing/wallet 检查余额，或改用其他执行器：--executor docker、--executor local`,
    withoutFlags: {
      en: `Check the balance at ${CONSOLE}/billing/wallet, or use another executor: CLOCHE_EXECUTOR=docker, CLOCHE_EXECUTOR=local`,
      zh: `请在 ${CONSOLE}/billing/wallet 检查余额，或改用其他执行器：CLOCHE_EXECUTOR=docker、CLOCHE_EXECUTOR=local`,
    },
  },
  quota: {
    en: `Check balance and limits at ${CONSOLE}/limits, and delete or archive sandboxes that are not needed; cloche clean removes what Cloche has left.`,
    zh: `请在 ${CONSOLE}/limits 检查余额和配额，并删除或归档不需要的沙箱；cloche clean 可清理 Cloche 遗留的沙箱。`,
  },
  rate: {
    en: `Too many requests in a short time. Wait a minute, run fewer at a time, and see the limits at ${CONSOLE}/limits`,
    zh: `短时间内请求过多。请等待一分钟，减少并发，并在 ${CONSOLE}/limits 查看限制`,
  },
  request: {
    en: 'Check the options of the table [daytona] (cloche config --sources): snapshot, image, resources, target.',
    zh: '请检查 [daytona] 配置表的选项（cloche config --sources）：snapshot、image、资源、target。',
  },
  missing: {
    en: `Check DAYTONA_API_URL; it should end in /api, as in ${DEFAULT_API_URL}. A snapshot that is not there is made with: cloche daytona snapshot create`,
    zh: `请检查 DAYTONA_API_URL，它应以 /api 结尾，例如 ${DEFAULT_API_URL}。缺少的快照可用以下命令创建：cloche daytona snapshot create`,
  },
  conflict: {
    en: `Try again in a moment; the state of the sandbox is being changed. The console shows it: ${CONSOLE}/sandboxes`,
    zh: `沙箱状态正在变更，请稍后重试。可在控制台查看：${CONSOLE}/sandboxes`,
  },
  server: {
    en: `The service has a problem. Try again later, and look at its status and at the console: ${CONSOLE}. Meanwhile: --executor docker, --executor local`,
    zh: `服务出现问题。请稍后重试，并查看服务状态和控制台：${CONSOLE}。也可先使用：--executor docker、--executor local`,
    withoutFlags: {
      en: `The service has a problem. Try again later, and look at its status and at the console: ${CONSOLE}. Meanwhile: CLOCHE_EXECUTOR=docker, CLOCHE_EXECUTOR=local`,
      zh: `服务出现问题。请稍后重试，并查看服务状态和控制台：${CONSOLE}。也可先使用：CLOCHE_EXECUTOR=docker、CLOCHE_EXECUTOR=local`,
    },
  },
  network: {
    en: 'Check the network, the proxy (HTTPS_PROXY) and the address (DAYTONA_API_URL).',
    zh: '请检查网络、代理（HTTPS_PROXY）和地址（DAYTONA_API_URL）。',
  },
  silence: {
    en: `The service did not answer in time. Check the network and the proxy, and look at the service's status and at the console: ${CONSOLE}`,
    zh: `服务未能及时响应。请检查网络和代理，并查看服务状态和控制台：${CONSOLE}`,
  },
  address: {
    en: `Check DAYTONA_API_URL (DAYTONA_API_BASE): it should end in /api, as in ${DEFAULT_API_URL}`,
    zh: `请检查 DAYTONA_API_URL（DAYTONA_API_BASE）：它应以 /api 结尾，例如 ${DEFAULT_API_URL}`,
  },
};

const RETRYABLE: ReadonlySet<FailureKind> = new Set([
  'rate',
  'server',
  'network',
  'silence',
  'conflict',
  'quota',
]);

/** A failed request, as people hear of it. */
/** @param hint where more is known of what was asked for; null: that of the failure's kind */
export function apiError(failure: ServiceFailure, hint: LocalizedText | null = null): ClocheError {
  return new ClocheError({
    code: 'ERR_EXECUTOR_UNAVAILABLE',
    message: {
      en: `Daytona API error: ${failure.message}`,
      zh: `Daytona API错误: ${failure.message}`,
    },
    hint: hint ?? FAILURE_HINTS[failure.kind],
    retryable: RETRYABLE.has(failure.kind),
    cause: failure,
  });
}

/** @param left name of a sandbox that may be there all the same; null where none is */
export function creationError(failure: ServiceFailure, left: string | null): ClocheError {
  const leftOver =
    left === null
      ? { en: '', zh: '' }
      : {
          en: ` A sandbox named ${left} may have been left; it is stopped and deleted by itself, and cloche clean deletes it before.`,
          zh: ` 可能遗留了名为 ${left} 的沙箱；它会自动停止并删除，也可用 cloche clean 提前删除。`,
        };
  return new ClocheError({
    code: 'ERR_EXECUTOR_UNAVAILABLE',
    message: {
      en: `Could not create the Daytona sandbox. Daytona API error: ${sentence(failure.message, '.')}${leftOver.en}`,
      zh: `创建Daytona工作区失败。Daytona API错误: ${sentence(failure.message, '。')}${leftOver.zh}`,
    },
    hint: FAILURE_HINTS[failure.kind],
    retryable: RETRYABLE.has(failure.kind),
    cause: failure,
  });
}

function sentence(text: string, end: string): string {
  return `${text.replace(/[.。]$/u, '')}${end}`;
}
