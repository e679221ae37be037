import type { Locale, LocalizedText } from '@cloche/core/executor';
import { BIN_OPTIONS } from './bin-options.ts';

const USAGE: LocalizedText = { en: 'Usage:', zh: '用法：' };
const SUMMARY: LocalizedText = {
  en: 'Let an AI client run code in sandboxes: an MCP server on standard input and output, or over HTTP.',
  zh: '让 AI 客户端在沙箱中运行代码：MCP 服务器，使用标准输入和输出，或通过 HTTP。',
};
const OPTIONS: LocalizedText = { en: 'Options:', zh: '选项：' };

/** The help of `cloche-mcp-server`: each option on a line, what it means on the next. */
export function formatBinHelp(locale: Locale): string {
  const options = BIN_OPTIONS.map(
    ({ flags, description }) => `  ${flags}\n      ${description[locale]}`,
  ).join('\n');
  return `${USAGE[locale]} cloche-mcp-server [options]\n\n${SUMMARY[locale]}\n\n${OPTIONS[locale]}\n${options}\n`;
}
