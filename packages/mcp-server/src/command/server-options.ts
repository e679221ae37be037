import { CONFIG_OPTIONS, GENERATOR_OPTIONS } from './config-options.ts';
import type { OptionDefinition } from './option-definition.ts';

/** Chosen once and kept, so that a client's configuration stays valid from one start to the next. */
export const DEFAULT_PORT = 7717;

/** What `cloche mcp` and `cloche-mcp-server` take. */
export const SERVER_OPTIONS: readonly OptionDefinition[] = [
  {
    flags: '--http',
    description: {
      en: 'Serve over Streamable HTTP. Default: over standard input and output.',
      zh: '通过 Streamable HTTP 提供服务。默认使用标准输入和输出。',
    },
  },
  {
    flags: '--host <address>',
    description: {
      en: 'The address to listen on. Default: 127.0.0.1, which other machines do not reach.',
      zh: '监听地址。默认 127.0.0.1，其他机器无法访问。',
    },
  },
  {
    flags: '--port <number>',
    description: {
      en: `The port to listen on; 0 lets the system choose. Default: ${DEFAULT_PORT}.`,
      zh: `监听端口；0 表示由系统选择。默认 ${DEFAULT_PORT}。`,
    },
  },
  {
    flags: '--token-file <FILE>',
    description: {
      en: 'The file with the token that clients must send, or one a line for several clients. Default: CLOCHE_HTTP_TOKEN, or one that is made and shown at the start.',
      zh: '存放客户端令牌的文件；多个客户端时每行一个。默认使用 CLOCHE_HTTP_TOKEN，否则启动时生成并显示一个。',
    },
  },
  {
    flags: '--allowed-host <name>',
    description: {
      en: 'A name under which clients reach this server, as a proxy passes it on. Repeatable.',
      zh: '客户端访问此服务器所用的主机名（由代理转发）。可重复。',
    },
    isRepeatable: true,
  },
  {
    flags: '--allowed-origin <origin>',
    description: {
      en: 'An origin whose web pages may call this server: https://app.example.com. Repeatable.',
      zh: '允许调用此服务器的网页来源：https://app.example.com。可重复。',
    },
    isRepeatable: true,
  },
  {
    flags: '--jwt-issuer <URL>',
    description: {
      en: 'Take access tokens of this authorization server in place of one token; with --jwt-resource.',
      zh: '改用此授权服务器签发的访问令牌；需同时使用 --jwt-resource。',
    },
  },
  {
    flags: '--jwt-keys <URL>',
    description: {
      en: 'Where its public keys are (JWKS). Default: where its own metadata says.',
      zh: '其公钥（JWKS）的地址。默认采用其元数据中的地址。',
    },
  },
  {
    flags: '--jwt-resource <URL>',
    description: {
      en: 'The address of this server as its clients know it, for which the tokens are issued.',
      zh: '客户端所知的此服务器地址，即令牌的签发对象。',
    },
  },
  {
    flags: '--jwt-scope <scope>',
    description: {
      en: 'A scope that an access token must have. Repeatable.',
      zh: '访问令牌必须具有的权限范围。可重复。',
    },
    isRepeatable: true,
  },
  ...CONFIG_OPTIONS,
  ...GENERATOR_OPTIONS,
];
