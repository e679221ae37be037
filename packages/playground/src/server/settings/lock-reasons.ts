import { configSourceOf, CREDENTIAL_PAIRS } from '@cloche/core';
import type { ConfigKey, ConfigSource, LoadedConfig } from '@cloche/core';
import type { LocalizedText } from '@cloche/core/executor';

/** Why a value cannot be changed in the page. Null: it can. */
export function lockReason(key: ConfigKey, loaded: LoadedConfig): LocalizedText | null {
  const own = reasonOf(configSourceOf(loaded, key));
  if (own !== null) return own;
  const pair = CREDENTIAL_PAIRS.find(({ endpoint }) => endpoint === key);
  if (pair === undefined) return null;
  const source = configSourceOf(loaded, pair.credential);
  if (reasonOf(source) === null) return null;
  return {
    en: `The key comes from ${source.name}, and a key is sent nowhere but where it comes with.`,
    zh: `密钥来自 ${source.name}，而密钥只会发送到与其同源的地址。`,
  };
}

function reasonOf({ kind, name }: ConfigSource): LocalizedText | null {
  if (kind === 'flag') {
    return {
      en: `${name} says so, for as long as this server runs.`,
      zh: `由启动时的 ${name} 指定，在此服务器运行期间不变。`,
    };
  }
  if (kind === 'environment') {
    return {
      en: `The variable ${name} says so. Take it away and start anew to change this here.`,
      zh: `由环境变量 ${name} 指定。如需在此更改，请取消该变量并重新启动。`,
    };
  }
  return null;
}
