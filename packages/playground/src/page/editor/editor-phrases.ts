import type { Locale } from '@cloche/core/executor';
import { EditorState, type Extension } from '@codemirror/state';

/** What the editor itself says and shows, by its English. */
export const CHINESE_PHRASES: Readonly<Record<string, string>> = {
  Find: '查找',
  Replace: '替换',
  next: '下一个',
  previous: '上一个',
  all: '全部',
  'match case': '区分大小写',
  regexp: '正则表达式',
  'by word': '全词匹配',
  replace: '替换',
  'replace all': '全部替换',
  close: '关闭',
  'current match': '当前匹配',
  'on line': '位于行',
  'replaced $ matches': '已替换 $ 处匹配',
  'replaced match on line $': '已替换第 $ 行的匹配',
  'Go to line': '跳到行',
  go: '跳转',
  'Control character': '控制字符',
  'Selection deleted': '已删除所选内容',
  'folded code': '已折叠的代码',
  unfold: '展开',
  to: '至',
  'Folded lines': '已折叠行',
  'Unfolded lines': '已展开行',
  'Fold line': '折叠行',
  'Unfold line': '展开行',
  Completions: '补全',
};

export function phrasesIn(locale: Locale): Extension {
  return locale === 'zh' ? EditorState.phrases.of(CHINESE_PHRASES) : [];
}
