import type { LocalizedText } from '@cloche/core/executor';
import type { FailureKind } from './failure-kind.ts';
import type { FailureText } from './failure-text.ts';

export const AGAIN: LocalizedText = {
  en: 'Try again. Where it keeps happening, look at what stands between this computer and the service.',
  zh: '请重试。若反复出现，请检查本机与该服务之间的网络设备或代理。',
};

type NetworkFailureKind = Extract<
  FailureKind,
  'connection_refused' | 'connection_lost' | 'unknown_host' | 'unreachable' | 'forbidden_port' | 'certificate'
>;

/** Of the failures on the way to a service, before it has said anything. */
export const NETWORK_FAILURE_TEXTS: Readonly<Record<NetworkFailureKind, FailureText>> = {
  connection_refused: {
    isRetryable: true,
    message: ({ address }) => ({
      en: `Nothing listens at ${address}.`,
      zh: `${address} 处没有服务在监听。`,
    }),
    hint: ({ addressSource, isOwnAddress }) =>
      isOwnAddress
        ? AGAIN
        : {
            en: `Start the model’s server (ollama serve), or check the address in ${addressSource}.`,
            zh: `请启动模型服务（ollama serve），或检查 ${addressSource} 中的地址。`,
          },
  },
  connection_lost: {
    isRetryable: true,
    message: ({ service, networkCode }) => ({
      en: `The connection to ${service} was lost before it answered${networkCode === null ? '' : ` (${networkCode})`}.`,
      zh: `与 ${service} 的连接在其应答前断开${networkCode === null ? '' : `（${networkCode}）`}。`,
    }),
    hint: () => AGAIN,
  },
  unknown_host: {
    isRetryable: true,
    message: ({ address }) => ({
      en: `There is no host by the name in ${address}, or no network to ask for it.`,
      zh: `找不到 ${address} 中的主机，或没有可用的网络。`,
    }),
    hint: ({ addressSource, isOwnAddress }) =>
      isOwnAddress
        ? {
            en: 'Check the network and its name server. Behind a proxy, set NODE_USE_ENV_PROXY=1 beside HTTPS_PROXY.',
            zh: '请检查网络及其域名服务器。若使用代理，请在 HTTPS_PROXY 之外设置 NODE_USE_ENV_PROXY=1。',
          }
        : {
            en: `Check the address in ${addressSource}, and the network.`,
            zh: `请检查 ${addressSource} 中的地址以及网络。`,
          },
  },
  unreachable: {
    isRetryable: true,
    message: ({ address }) => ({
      en: `${address} cannot be reached over the network.`,
      zh: `无法通过网络到达 ${address}。`,
    }),
    hint: () => ({
      en: 'Check network and firewall. Behind a proxy, set NODE_USE_ENV_PROXY=1 beside HTTPS_PROXY.',
      zh: '请检查网络和防火墙。若使用代理，请在 HTTPS_PROXY 之外设置 NODE_USE_ENV_PROXY=1。',
    }),
  },
  forbidden_port: {
    isRetryable: false,
    message: ({ address }) => ({
      en: `The port of ${address} is one that Node.js opens to no web request.`,
      zh: `${address} 的端口属于 Node.js 禁止网页请求使用的端口。`,
    }),
    hint: ({ addressSource }) => ({
      en: `Let the service listen on another port, such as 8080, and change ${addressSource}.`,
      zh: `请让该服务监听其他端口（例如 8080），并修改 ${addressSource}。`,
    }),
  },
  certificate: {
    isRetryable: false,
    message: ({ address, networkCode }) => ({
      en: `The certificate of ${address} is not accepted (${networkCode}); nothing was sent.`,
      zh: `${address} 的证书未被接受（${networkCode}）；未发送任何内容。`,
    }),
    hint: () => ({
      en: 'For a certificate of your own authority, set NODE_EXTRA_CA_CERTS to its file. Where the server speaks plain HTTP, write http://.',
      zh: '若证书由自有机构签发，请将 NODE_EXTRA_CA_CERTS 设为其文件。若服务器使用明文 HTTP，请写 http://。',
    }),
  },
};
