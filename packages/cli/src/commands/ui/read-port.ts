import { invalidRequest } from '../run/invalid-request.ts';

/** Null where none was asked for. @throws ClocheError `ERR_REQUEST_INVALID` */
export function readPort(text: string | null): number | null {
  if (text === null) return null;
  const port = /^\d{1,5}$/u.test(text) ? Number(text) : Number.NaN;
  if (port <= 65_535) return port;
  const shown = JSON.stringify(text);
  throw invalidRequest(
    { en: `--port is ${shown}, which is no port.`, zh: `--port 的值 ${shown} 不是端口。` },
    {
      en: 'Give a number up to 65535; 0 takes any free one.',
      zh: '请给出不大于 65535 的数字；0 表示任意空闲端口。',
    },
  );
}
