import type { FailureKind } from './failure-kind.ts';
import type { FailureText } from './failure-text.ts';
import { AGAIN, NETWORK_FAILURE_TEXTS } from './network-failure-texts.ts';

const LIST = { en: 'cloche models lists what there is.', zh: '运行 cloche models 可查看可用模型。' };
const LATER = { en: 'Try again later.', zh: '请稍后重试。' };

/** What a person is told of each failure, and what to do about it. */
export const FAILURE_TEXTS: Readonly<Record<FailureKind, FailureText>> = {
  bad_key: {
    isRetryable: false,
    message: ({ service, keySource, said }) => ({
      en: `${service} refuses the key from ${keySource}${said.en}`,
      zh: `${service} 拒绝了 ${keySource} 中的密钥${said.zh}`,
    }),
    hint: ({ keySource, addressSource, isOwnAddress }) => ({
      en: `Check the key in ${keySource}${isOwnAddress ? '' : `, and that it is one for the address from ${addressSource}`}.`,
      zh: `请检查 ${keySource} 中的密钥${isOwnAddress ? '' : `，以及它是否用于 ${addressSource} 中的地址`}。`,
    }),
  },
  no_key: {
    isRetryable: false,
    message: ({ service, said }) => ({
      en: `${service} wants a key, and none was sent${said.en}`,
      zh: `${service} 需要密钥，但未发送${said.zh}`,
    }),
    hint: ({ withheldKey, addressSource }) =>
      withheldKey === null
        ? {
            en: `Set generator.apiKey (CLOCHE_GENERATOR_API_KEY) in the same place as the address from ${addressSource}.`,
            zh: `请在 ${addressSource} 中的地址所在之处设置 generator.apiKey（CLOCHE_GENERATOR_API_KEY）。`,
          }
        : {
            en: `The key from ${withheldKey} is not sent to the address from ${addressSource}, which was set elsewhere. If it is meant for it, set it as generator.apiKey in the same place as the address.`,
            zh: `${withheldKey} 中的密钥不会发送到 ${addressSource} 中的地址，因为二者设置于不同之处。若确实用于该地址，请在同一处将其设为 generator.apiKey。`,
          },
  },
  forbidden: {
    isRetryable: false,
    message: ({ service, model, said }) => ({
      en: `${service} does not allow the use of ${model.en} with this key${said.en}`,
      zh: `${service} 不允许用此密钥使用 ${model.zh}${said.zh}`,
    }),
    hint: () => ({
      en: `Choose another model (generator.model), or have the key allowed to use this one. ${LIST.en}`,
      zh: `请选择其他模型（generator.model），或让该密钥获得使用此模型的权限。${LIST.zh}`,
    }),
  },
  unknown_model: {
    isRetryable: false,
    message: ({ service, model, said }) => ({
      en: `${service} has no model ${model.en}${said.en}`,
      zh: `${service} 没有模型 ${model.zh}${said.zh}`,
    }),
    hint: () => ({
      en: `Set generator.model (CLOCHE_GENERATOR_MODEL) to one that it has. ${LIST.en}`,
      zh: `请将 generator.model（CLOCHE_GENERATOR_MODEL）设为该服务提供的模型。${LIST.zh}`,
    }),
  },
  wrong_address: {
    isRetryable: false,
    message: ({ address, addressSource, status, location, said, isOwnAddress }) => {
      const from = isOwnAddress
        ? { en: '', zh: '' }
        : { en: ` (from ${addressSource})`, zh: `（来自 ${addressSource}）` };
      if (location !== null) {
        return {
          en: `${address}${from.en} redirects to ${location}; neither key nor prompt is sent there.`,
          zh: `${address}${from.zh} 重定向到 ${location}；密钥和提示均不会发送到该处。`,
        };
      }
      const code = status === null ? '' : ` ${status}`;
      return {
        en: `What answers at ${address}${from.en} is not the API of a model${code === '' ? '' : `: HTTP status${code}`}${said.en}`,
        zh: `${address}${from.zh} 处应答的不是模型 API${code === '' ? '' : `：HTTP 状态${code}`}${said.zh}`,
      };
    },
    hint: ({ addressFlaw, addressSource, location, isOwnAddress }) => {
      if (isOwnAddress) {
        return {
          en: 'A proxy or a login page of the network may stand in between; otherwise try again later.',
          zh: '网络中可能有代理或登录页面介入；否则请稍后重试。',
        };
      }
      if (location !== null) {
        return {
          en: `If that is the service that is meant, set its address in ${addressSource}.`,
          zh: `若那正是所需的服务，请在 ${addressSource} 中设置其地址。`,
        };
      }
      return (
        addressFlaw ?? {
          en: `Check the address in ${addressSource}; for Ollama it is http://127.0.0.1:11434/v1.`,
          zh: `请检查 ${addressSource} 中的地址；Ollama 为 http://127.0.0.1:11434/v1。`,
        }
      );
    },
  },
  no_credit: {
    isRetryable: false,
    message: ({ service, said }) => ({
      en: `The quota or credit of the key at ${service} is used up${said.en}`,
      zh: `该密钥在 ${service} 的额度或余额已用尽${said.zh}`,
    }),
    hint: ({ service }) => ({
      en: `Look at plan and billing at ${service}, or choose another provider (generator.provider).`,
      zh: `请查看 ${service} 的套餐和账单，或选择其他提供方（generator.provider）。`,
    }),
  },
  rate_limited: {
    isRetryable: true,
    message: ({ service, said }) => ({
      en: `${service} takes no more requests for now${said.en}`,
      zh: `${service} 暂时不再接受请求${said.zh}`,
    }),
    hint: ({ delaySeconds }) =>
      delaySeconds === null
        ? {
            en: 'Try again in a minute. Where it stays so, the quota is used up: look at plan and billing.',
            zh: '请一分钟后重试。若仍然如此，则额度已用尽：请查看套餐和账单。',
          }
        : { en: `Try again in ${delaySeconds} s.`, zh: `请在 ${delaySeconds} 秒后重试。` },
  },
  context_too_long: {
    isRetryable: false,
    message: ({ model, said }) => ({
      en: `Requirement and context are longer than ${model.en} can read${said.en}`,
      zh: `需求和上下文超出了 ${model.zh} 可读取的长度${said.zh}`,
    }),
    hint: () => ({
      en: 'Give fewer or shorter files as context, or choose a model that reads more (generator.model).',
      zh: '请减少或缩短作为上下文的文件，或选择可读取更多内容的模型（generator.model）。',
    }),
  },
  output_limit: {
    isRetryable: false,
    message: ({ model, said }) => ({
      en: `${model.en} does not write answers as long as asked for${said.en}`,
      zh: `${model.zh} 无法写出所要求长度的回答${said.zh}`,
    }),
    hint: () => ({
      en: 'Lower generator.maxOutputTokens (CLOCHE_GENERATOR_MAX_OUTPUT_TOKENS).',
      zh: '请调低 generator.maxOutputTokens（CLOCHE_GENERATOR_MAX_OUTPUT_TOKENS）。',
    }),
  },
  overloaded: {
    isRetryable: true,
    message: ({ service, said }) => ({
      en: `${service} is overloaded${said.en}`,
      zh: `${service} 已过载${said.zh}`,
    }),
    hint: ({ delaySeconds }) =>
      delaySeconds === null
        ? LATER
        : { en: `Try again in ${delaySeconds} s.`, zh: `请在 ${delaySeconds} 秒后重试。` },
  },
  service_failed: {
    isRetryable: true,
    message: ({ service, status, said }) => ({
      en: `${service} failed${status === null ? '' : ` (HTTP status ${status})`}${said.en}`,
      zh: `${service} 出现故障${status === null ? '' : `（HTTP 状态 ${status}）`}${said.zh}`,
    }),
    hint: () => LATER,
  },
  rejected: {
    isRetryable: false,
    message: ({ service, status, said }) => ({
      en: `${service} refuses the request${status === null ? '' : ` (HTTP status ${status})`}${said.en}`,
      zh: `${service} 拒绝了请求${status === null ? '' : `（HTTP 状态 ${status}）`}${said.zh}`,
    }),
    hint: ({ model }) => ({
      en: `Check that ${model.en} is a model that writes text, and generator.provider. ${LIST.en}`,
      zh: `请检查 ${model.zh} 是否为可编写文本的模型，以及 generator.provider。${LIST.zh}`,
    }),
  },
  late: {
    isRetryable: true,
    message: ({ service, limitSeconds }) => ({
      en: `${service} took the request, and did not answer within ${limitSeconds} s.`,
      zh: `${service} 接受了请求，但 ${limitSeconds} 秒内没有应答。`,
    }),
    hint: () => ({
      en: 'Try again. A model on this computer may still be loading, or be too large for its memory.',
      zh: '请重试。本机上的模型可能仍在加载，或超出了内存容量。',
    }),
  },
  silent: {
    isRetryable: true,
    message: ({ service, limitSeconds }) => ({
      en: `${service} began to answer, and then sent nothing for ${limitSeconds} s.`,
      zh: `${service} 开始应答后，${limitSeconds} 秒内没有再发送任何内容。`,
    }),
    hint: () => AGAIN,
  },
  oversized: {
    isRetryable: false,
    message: ({ service, limitMebibytes }) => ({
      en: `${service} sent more than ${limitMebibytes} MiB, which no answer needs; the rest was not heard.`,
      zh: `${service} 发送的内容超过 ${limitMebibytes} MiB，远超任何应答所需；其余内容未再接收。`,
    }),
    hint: () => ({
      en: `Try again, or choose another model (generator.model). ${LIST.en}`,
      zh: `请重试，或换用其他模型（generator.model）。${LIST.zh}`,
    }),
  },
  cut: {
    isRetryable: true,
    message: ({ service }) => ({
      en: `The answer of ${service} ended in the middle: the connection was cut.`,
      zh: `${service} 的应答中途结束：连接被切断。`,
    }),
    hint: () => AGAIN,
  },
  malformed: {
    isRetryable: true,
    message: ({ service, provider }) => ({
      en: `${service} sent something that is not an answer as ${provider} gives it.`,
      zh: `${service} 发送的内容不符合 ${provider} 的应答格式。`,
    }),
    hint: ({ provider, addressSource, isOwnAddress }) =>
      isOwnAddress
        ? AGAIN
        : {
            en: `Check that the address from ${addressSource} speaks the API of generator.provider ${provider}; try again where it does.`,
            zh: `请检查 ${addressSource} 中的地址是否使用 generator.provider ${provider} 的 API；若是，请重试。`,
          },
  },
  ...NETWORK_FAILURE_TEXTS,
  unknown: {
    isRetryable: false,
    message: ({ service, said }) => ({
      en: `Asking ${service} failed${said.en}`,
      zh: `调用 ${service} 失败${said.zh}`,
    }),
    hint: ({ provider }) => ({
      en: `Check generator.provider (${provider}), generator.model and the address; cloche models asks the same service.`,
      zh: `请检查 generator.provider（${provider}）、generator.model 和地址；cloche models 会调用同一服务。`,
    }),
  },
};
