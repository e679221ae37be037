import type { LocalizedText } from '@cloche/core/executor';

/** Why a request is not served: everything that its sender is told. */
export interface Refusal {
  readonly status: number;
  readonly message: LocalizedText;
  readonly hint?: LocalizedText;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Thrown to end a request with its refusal. */
export class RequestRefused extends Error {
  override readonly name: string = 'RequestRefused';
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.message.en);
    this.refusal = refusal;
  }
}

export function badRequest(en: string, zh: string): RequestRefused {
  return new RequestRefused({ status: 400, message: { en, zh } });
}

export function notFound(): RequestRefused {
  return new RequestRefused({
    status: 404,
    message: { en: 'There is nothing here.', zh: '此处没有内容。' },
  });
}

export function ending(): RequestRefused {
  return new RequestRefused({
    status: 503,
    message: { en: 'The server is about to end.', zh: '服务器即将结束。' },
  });
}

export function runNotFound(): RequestRefused {
  return new RequestRefused({
    status: 404,
    message: {
      en: 'There is no such run; old ones are forgotten, and all of them when the server ends.',
      zh: '没有该运行；旧的运行会被清除，服务器结束时全部清除。',
    },
  });
}
