import { ClocheError } from '../executor/index.ts';
import { nearestName } from '../config/nearest-name.ts';

/** No executor of this name is there: the nearest one, and how to add it. */
export function executorNotFound(name: string, known: readonly string[], cause?: unknown): ClocheError {
  const isKnown = known.includes(name);
  const list = known.join(', ');
  const nearest = isKnown ? null : nearestName(name, known);
  const add = `cloche executors add ${name}`;
  return new ClocheError({
    code: 'ERR_EXECUTOR_NOT_FOUND',
    message: isKnown
      ? {
          en: `The executor ${name} is not installed, or not completely.`,
          zh: `执行器 ${name} 未安装或安装不完整。`,
        }
      : {
          en: `There is no executor named ${JSON.stringify(name)}; ${known.length === 0 ? 'none is' : `there is ${list}`} installed.`,
          zh: `没有名为 ${JSON.stringify(name)} 的执行器；已安装：${known.length === 0 ? '无' : list}。`,
        },
    hint:
      nearest === null
        ? { en: `Install it: ${add}`, zh: `安装：${add}` }
        : {
            en: `Did you mean ${nearest}? To install one named ${name}: ${add}`,
            zh: `是否想用 ${nearest}？如需安装 ${name}：${add}`,
          },
    cause,
  });
}
